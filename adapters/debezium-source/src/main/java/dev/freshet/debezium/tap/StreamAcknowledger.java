// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import dev.freshet.debezium.transaction.Ends;
import dev.freshet.protocol.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells PostgreSQL what is done, a few times a second at most, in a thread of its own: the one that acknowledges must not
 * wait for the network.
 */
final class StreamAcknowledger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamAcknowledger.class);
    private static final long PAUSE_MILLIS = 100;

    private final Ends<Lsn> ends;
    private final Semaphore released = new Semaphore(0);
    private volatile Thread thread;

    StreamAcknowledger(Ends<Lsn> ends) {
        this.ends = ends;
    }

    void start(ReplicationStream stream) {
        var started = new Thread(() -> run(stream), "freshet-acknowledge");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    void wake() {
        if (released.availablePermits() == 0) {
            released.release();
        }
    }

    private void run(ReplicationStream stream) {
        try {
            while (true) {
                released.acquire();
                Lsn end = ends.takeReleased();
                if (end != null) {
                    stream.flushLsn(io.debezium.connector.postgresql.connection.Lsn.valueOf(end.value()));
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            // The stream is broken, and its reader tells why.
            LOG.debug("cannot acknowledge: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        Thread started = thread;
        if (started != null) {
            started.interrupt();
        }
    }
}
