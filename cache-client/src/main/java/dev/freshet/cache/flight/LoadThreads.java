// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.flight;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads in which a cache runs the loaders of asynchronous reads. */
public final class LoadThreads {
    private static final int MOST = 64;
    private static final int IDLE_SECONDS = 10;

    private LoadThreads() {}

    /** Needs no closing: its threads are daemons, and end when they are idle. */
    public static Executor executor() {
        var threads = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, "freshet-load");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
