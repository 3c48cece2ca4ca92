// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How a process ends. One that serves until it is told to stop, by SIGTERM or Ctrl-C, and then closes in good order, has
 * done what it should and ends with 0, as init systems and container engines expect; Java by itself ends with 143 or 130.
 */
public final class ProcessEnd {
    private static final CompletableFuture<Integer> CODE = new CompletableFuture<>();

    private ProcessEnd() {}

    /** In the place of {@link System#exit}. Does not return. */
    public static void exit(int code) {
        CODE.complete(code);
        System.exit(code);
    }

    /**
     * Has this done when the process is told to end, and the process then end with 0. Where it ends by itself this is done,
     * too, and its exit code stays.
     *
     * @param patienceMillis how long the main thread may take behind that until it comes to {@link #exit}, whose code counts then
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
            // A process that is ending because of a signal tells nothing but the signal otherwise.
            Runtime.getRuntime().halt(code);
        }
    }
}
