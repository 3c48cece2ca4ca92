// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

/**
 * Which keys are read: the tasks in turns.
 *
 * @param first task
 * @param count of tasks
 * @param unique whether each turn has keys of its own, so that every read misses
 */
record Keys(int first, int count, boolean unique) {
    /** The task of a read. */
    int task(long number) {
        return first + (int) (number % count);
    }

    /** The turn, as far as it tells the key. */
    int turn(long number) {
        return unique ? (int) (number / count) : 0;
    }
}
