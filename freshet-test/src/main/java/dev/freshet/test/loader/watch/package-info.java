// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: the transaction in which a loader is checked, and which tables were read in it. */
package dev.freshet.test.loader.watch;
