// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.drain;

/** How far a subject is. */
interface RowsSeen {
    /** How many rows it has handled, as far as that can be told cheaply. */
    long count();

    /** Whether it has handled them all, for certain. */
    boolean isComplete();
}
