// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.cli;

/**
 * Whether Ctrl-C or a signal is ending this process. Its servers and subjects are ended then, youngest first, so whatever
 * fails meanwhile is no failure.
 */
final class Ending {
    private static volatile boolean begun;

    private Ending() {}

    /** Has the end noticed; call once. */
    static void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> begun = true, "bench-ending"));
    }

    static boolean hasBegun() {
        return begun;
    }
}
