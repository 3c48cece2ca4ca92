// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The same as {@link dev.freshet.lab.plan.oracle}, end to end: a real database, random statements, the real stream, and real
 * keys in a real Redis, set as by a reader that knows nothing of Freshet.
 */
package dev.freshet.lab.wal;
