// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import dev.freshet.debezium.event.TableShapes;
import dev.freshet.debezium.transaction.Ends;
import dev.freshet.debezium.transaction.TransactionAssembler;
import dev.freshet.protocol.Lsn;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the messages of one run of the engine go. Debezium creates its classes by name, so they find the tap by a
 * property of their connections. Thread-safe.
 */
public final class Tap implements AutoCloseable {
    /** The property, which names the tap. The driver ignores it. */
    public static final String PROPERTY = "freshet.tap";

    private static final Map<String, Tap> OPEN = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private final Wanted wanted;
    private final TransactionAssembler assembler;
    private final TableShapes shapes;
    private final Ends<Lsn> ends = new Ends<>();
    private final StreamAcknowledger acknowledger = new StreamAcknowledger(ends);
    private Connection connection;
    private AwaitableSocket lastMade;
    private AwaitableSocket socket;
    private Thread reader;
    private boolean closed;

    public Tap(Wanted wanted, TransactionAssembler assembler, TableShapes shapes) {
        this.wanted = wanted;
        this.assembler = assembler;
        this.shapes = shapes;
        OPEN.put(name, this);
    }

    /** The value of {@link #PROPERTY}. */
    public String name() {
        return name;
    }

    /** Tells the tap of this name, if any, which connection its stream uses, so that it can end it. */
    public static void connected(String name, Connection connection) throws SQLException {
        if (name != null) {
            named(name).use(connection);
        }
    }

    /** @throws SQLException if it was closed */
    static Tap named(String name) throws SQLException {
        Tap tap = OPEN.get(name);
        if (tap == null) {
            throw new SQLException("the change stream was closed while it was being opened");
        }
        return tap;
    }

    /** A socket was made for a connection that is being opened. */
    synchronized AwaitableSocket made(AwaitableSocket socket) {
        lastMade = socket;
        return socket;
    }

    private synchronized void use(Connection opened) throws SQLException {
        if (closed) {
            throw new SQLException("the change stream was closed while it was being opened");
        }
        connection = opened;
        socket = lastMade;
        lastMade = null;
    }

    ReplicationStream over(ReplicationStream stream, PostgresSchema schema) {
        AwaitableSocket used;
        synchronized (this) {
            used = socket;
            reader = Thread.currentThread();
            if (closed) {
                reader.interrupt();
            }
        }
        acknowledger.start(stream);
        return new TappedStream(stream, new MessageReader(wanted, assembler, shapes, ends, stream, schema), used);
    }

    /** Everything up to this position is done. Soon afterwards PostgreSQL is told, up to the last commit before it. */
    public void acknowledge(Lsn lsn) {
        ends.release(lsn);
        acknowledger.wake();
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the stream, wherever its thread waits: for PostgreSQL, or for the sink. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            OPEN.remove(name);
            if (connection != null) {
                abort(connection);
            }
            if (reader != null) {
                reader.interrupt();
            }
        }
        acknowledger.close();
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It was not open any more.
        }
    }
}
