// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.postgres;

import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.core.source.SourceException;
import dev.freshet.debezium.Capture;
import dev.freshet.debezium.CaptureSettings;
import dev.freshet.invalidator.run.source.ChangeFeed;
import dev.freshet.invalidator.run.source.Readers;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.postgres.connection.InstanceLock;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.connection.TimelineHistory;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.Preparation;
import dev.freshet.postgres.setup.PublicationIdentity;
import dev.freshet.postgres.setup.SourceInspection;
import dev.freshet.postgres.setup.TableVersions;
import dev.freshet.postgres.slot.SlotMove;
import dev.freshet.postgres.slot.Slots;
import dev.freshet.postgres.tables.DatabaseView;
import dev.freshet.postgres.visibility.OlderTransactions;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One connection, which holds the lock. One thread. */
final class PostgresSession implements SourceSession {
    /** PostgreSQL creates a slot only when every transaction that was writing has ended. */
    private static final int MENDING_MILLIS = 600_000;

    private final PostgresConnections connections;
    private final Connection control;
    private final DatabaseView view;
    private final CaptureScope scope;
    private final CaptureSettings capture;
    private final Duration stallTimeout;
    private final boolean history;

    /**
     * @param control owned by this object from now on, which closes it
     * @param history whether to ask a server for its former timelines
     */
    PostgresSession(
            PostgresConnections connections,
            Connection control,
            DatabaseView view,
            CaptureScope scope,
            CaptureSettings capture,
            Duration stallTimeout,
            boolean history) {
        this.connections = connections;
        this.control = control;
        this.view = view;
        this.scope = scope;
        this.capture = capture;
        this.stallTimeout = stallTimeout;
        this.history = history;
    }

    @Override
    public boolean tryLock() {
        return Asked.of(() -> InstanceLock.tryTake(control, scope.slot()));
    }

    @Override
    public Optional<String> lockHolder() {
        return Asked.of(() -> InstanceLock.holder(control, scope.slot()));
    }

    @Override
    public String systemIdentifier() {
        return Asked.of(() -> JdbcServerIdentity.systemIdentifier(control));
    }

    @Override
    public String database() {
        return Asked.of(() -> JdbcServerIdentity.database(control));
    }

    @Override
    public ServerIdentity server() {
        return Asked.of(() -> {
            ServerIdentity server = JdbcServerIdentity.read(control);
            return history && server.timeline() > 1 ? TimelineHistory.of(connections, server) : server;
        });
    }

    @Override
    public List<Shortcoming> mappingShortcomings() {
        return Asked.of(() -> view.shortcomings(control));
    }

    @Override
    public List<Shortcoming> sourceShortcomings() {
        return Asked.of(() -> SourceInspection.inspect(control, scope));
    }

    @Override
    public boolean mend() {
        return patiently(() -> Preparation.prepare(control, scope));
    }

    @Override
    public String publication() {
        return Asked.of(() -> {
            String identity = PublicationIdentity.read(control, scope);
            return TableVersions.read(control, scope.tables()).state(identity).toString();
        });
    }

    @Override
    public Optional<SlotInfo> slot() {
        return Asked.of(() -> Slots.read(control, scope.slot()));
    }

    @Override
    public boolean endStream(SlotInfo slot) {
        return Asked.of(() -> Slots.terminate(control, slot));
    }

    @Override
    public String streamHolder(SlotInfo slot) {
        return Asked.of(() -> Slots.holder(control, slot));
    }

    @Override
    public SlotInfo moveSlotToTheEnd() {
        return patiently(() -> SlotMove.toTheEnd(control, scope.slot()));
    }

    private <T> T patiently(Asked.Question<T> question) {
        return Asked.of(() -> {
            int patience = control.getNetworkTimeout();
            try {
                control.setNetworkTimeout(Runnable::run, MENDING_MILLIS);
                return question.ask();
            } finally {
                control.setNetworkTimeout(Runnable::run, patience);
            }
        });
    }

    @Override
    public Coverage coverage() {
        return view.coverage(control);
    }

    @Override
    public KeyPatterns patterns(Collection<KeyRule> others) {
        return view.patterns(control, others);
    }

    @Override
    public void awaitOlderTransactions(Consumer<String> waiting) throws InterruptedException {
        try {
            OlderTransactions.awaitEnd(control, waiting);
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    @Override
    public void commitLocally() {
        Asked.run(() -> {
            try (Statement statement = control.createStatement()) {
                statement.execute("SET synchronous_commit = local");
            }
        });
    }

    @Override
    public Lsn write(String content) {
        return Asked.of(() -> {
            try (PreparedStatement statement = control.prepareStatement(
                    "SELECT pg_logical_emit_message(true, '" + Capture.MESSAGE_PREFIX + "', ?) - '0/0'::pg_lsn")) {
                statement.setString(1, content);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new Lsn(row.getLong(1));
                }
            }
        });
    }

    @Override
    public void rehearse() throws InterruptedException {
        Capture.rehearse(capture);
    }

    @Override
    public Readers openReaders(String publication) {
        return Asked.of(() -> PostgresReaders.open(connections, view, scope, publication, stallTimeout));
    }

    @Override
    public ChangeFeed openFeed() {
        return DebeziumFeed.open(capture);
    }

    @Override
    public void close() {
        Asked.run(control::close);
    }
}
