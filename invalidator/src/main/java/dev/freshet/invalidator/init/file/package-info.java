// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The mapping file as text: new, or with what an existing one lacks. Pure: no database, no files. */
package dev.freshet.invalidator.init.file;
