// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The query side: contexts of one user, alone, resolved or listed, through the cache. */
package dev.freshet.reader;
