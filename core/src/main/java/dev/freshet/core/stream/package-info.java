// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The contents of a change stream: rows, row changes, commits. Values are in the text form that PostgreSQL prints. */
package dev.freshet.core.stream;
