// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The resources that must be closed before this JVM ends, the newest first. One shutdown hook closes them all: the JVM
 * runs hooks in parallel, and a server must not end before the processes that use it. Thread-safe.
 */
public final class Teardown {
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static boolean hooked;

    private Teardown() {}

    /** Closes {@code resource} when the JVM ends, unless {@link #forget} is called first. */
    public static void remember(AutoCloseable resource) {
        synchronized (OPEN) {
            if (!hooked) {
                Runtime.getRuntime().addShutdownHook(new Thread(Teardown::closeAll, "dev-services-teardown"));
                hooked = true;
            }
            OPEN.add(resource);
        }
    }

    /** Undoes {@link #remember}; for a resource that is already closed. */
    public static void forget(AutoCloseable resource) {
        synchronized (OPEN) {
            OPEN.removeIf(open -> open == resource);
        }
    }

    private static AutoCloseable youngest() {
        synchronized (OPEN) {
            return OPEN.isEmpty() ? null : OPEN.remove(OPEN.size() - 1);
        }
    }

    @SuppressWarnings("try") // closing is all we want
    private static void closeAll() {
        for (var resource = youngest(); resource != null; resource = youngest()) {
            try {
                resource.close();
            } catch (Exception e) {
                // Loggers may be gone by now, and the remaining resources must still be closed.
                System.err.println("freshet: could not close " + resource + ": " + e);
            }
        }
    }
}
