// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

/** One attempt to run the stream. Whatever happens, the next one starts from the slot. */
@FunctionalInterface
interface Attempt {
    /** Returns only by an exception: InterruptedException when it is told to stop. */
    void run() throws InterruptedException;
}
