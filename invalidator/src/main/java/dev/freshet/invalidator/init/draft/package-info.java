// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Drafts a mapping from the tables of a database. Pure: no database, no files. The entrance is {@link
 * dev.freshet.invalidator.init.draft.Drafting}.
 */
package dev.freshet.invalidator.init.draft;
