// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A stream whose messages go to a {@link MessageReader} instead of the connector. Where the connector would find nothing
 * and sleep, it waits on the socket, below the driver: within, the driver keeps a lock that the status reports need, and
 * takes a wait that ends in vain for a broken connection. On a socket that it did not make, it lets the driver wait, for
 * a millisecond at a time.
 */
@SuppressWarnings("try") // what is wrapped may throw anything when it is closed
final class TappedStream implements ReplicationStream {
    /** The connector looks whether it shall stop after so many messages, or after such a wait in vain. */
    private static final int RUN = 1000;

    private static final int LONGEST_WAIT_MILLIS = 250;

    /** The same with the driver's waits. */
    private static final int WAITS = 50;

    /** After so many waits without a change of a row, about a second, it rests between them. */
    private static final int QUIET = 1000;

    /** Up to so long: a stream that has been quiet for seconds costs less, and may be that late. */
    private static final int LONGEST_REST_MILLIS = 4;

    private final ReplicationStream stream;
    private final MessageReader reader;
    private final AwaitableSocket socket;
    private long rows;
    private int quiet;

    /** @param socket of the stream; null if it is of another kind */
    TappedStream(ReplicationStream stream, MessageReader reader, AwaitableSocket socket) {
        this.stream = stream;
        this.reader = reader;
        this.socket = socket;
    }

    @Override
    public void read(ReplicationMessageProcessor connector) throws SQLException, InterruptedException {
        stream.read(reader);
    }

    /** Returns true, even if there was no message: the connector need not sleep. */
    @Override
    public boolean readPending(ReplicationMessageProcessor connector) throws SQLException, InterruptedException {
        int messages = 0;
        for (int waits = 0; messages < RUN && waits < WAITS; ) {
            if (stream.readPending(reader)) {
                messages++;
            } else if (messages > 0) {
                return true;
            } else if (socket != null) {
                switch (socket.awaitData(LONGEST_WAIT_MILLIS)) {
                    case DATA -> waits++;
                    case NOTHING -> {
                        return true;
                    }
                    // Without waiting, the driver takes the end for a pause.
                    case END -> stream.read(reader);
                }
            } else {
                waits++;
                rest();
            }
        }
        return true;
    }

    /** The driver itself has waited for a millisecond. */
    private void rest() {
        if (reader.rows() != rows) {
            rows = reader.rows();
            quiet = 0;
        }
        quiet = Math.min(quiet + 1, QUIET * LONGEST_REST_MILLIS);
        if (quiet >= QUIET) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(quiet / QUIET));
        }
    }

    @Override
    public void flushLsn(Lsn lsn) throws SQLException {
        stream.flushLsn(lsn);
    }

    @Override
    public Lsn lastReceivedLsn() {
        return stream.lastReceivedLsn();
    }

    @Override
    public Lsn startLsn() {
        return stream.startLsn();
    }

    @Override
    public void startKeepAlive(ExecutorService service) {
        stream.startKeepAlive(service);
    }

    @Override
    public void stopKeepAlive() {
        stream.stopKeepAlive();
    }

    @Override
    public void close() throws Exception {
        stream.close();
    }
}
