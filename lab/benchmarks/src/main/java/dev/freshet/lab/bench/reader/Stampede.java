// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many readers of one key, all at once. */
final class Stampede {
    private Stampede() {}

    /** Returns how many milliseconds it took until all had the value. */
    static double run(Reads reads, int readers) throws SQLException, InterruptedException {
        var pool = Executors.newFixedThreadPool(readers);
        try {
            var ready = new CountDownLatch(readers);
            var go = new CountDownLatch(1);
            var running = new ArrayList<Future<byte[]>>();
            for (int i = 0; i < readers; i++) {
                running.add(pool.submit(() -> {
                    ready.countDown();
                    go.await();
                    return reads.read(0);
                }));
            }
            ready.await();
            long begin = System.nanoTime();
            go.countDown();
            for (Future<byte[]> one : running) {
                ReadLoad.result(one);
            }
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            pool.shutdownNow();
        }
    }
}
