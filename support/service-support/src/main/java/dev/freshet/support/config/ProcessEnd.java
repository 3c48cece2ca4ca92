// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process with the right exit code. A service that is stopped by SIGTERM or Ctrl-C and closes properly has
 * succeeded. It ends with 0, as init systems and container engines expect; by default, Java ends with 143 or 130.
 */
public final class ProcessEnd {
    private static final CompletableFuture<Integer> CODE = new CompletableFuture<>();

    private ProcessEnd() {}

    /** Replaces {@link System#exit}. Does not return. */
    public static void exit(int code) {
        CODE.complete(code);
        System.exit(code);
    }

    /**
     * Registers an action to run when the process ends. After SIGTERM or Ctrl-C the process then exits with 0. If the
     * process ends by itself, the action runs as well and the exit code is kept.
     *
     * @param patienceMillis how long to wait, after the action, for the main thread to call {@link #exit}, whose code
     *     is then used
     */
    public static void onSignal(String name, Runnable close, long patienceMillis) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> run(close, patienceMillis), name));
    }

    private static void run(Runnable close, long patienceMillis) {
        boolean byItself = CODE.isDone();
        close.run();
        if (!byItself) {
            int code = CODE.completeOnTimeout(0, patienceMillis, TimeUnit.MILLISECONDS)
                    .join();
            System.out.flush();
            System.err.flush();
            // Without this, a process that a signal ends reports only the signal.
            Runtime.getRuntime().halt(code);
        }
    }
}
