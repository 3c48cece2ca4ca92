// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.ChangeStream;
import dev.freshet.core.stream.ChunkSink;
import dev.freshet.core.stream.Commit;
import dev.freshet.debezium.event.ReplicaIdentities;
import dev.freshet.debezium.transaction.CaptureException;
import dev.freshet.debezium.transaction.TransactionAssembler;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.protocol.Lsn;
import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of Debezium's engine on one slot, from opening the stream to its end or its first failure. It cannot be
 * restarted; open another. The slot and the publication must exist. Thread-safe.
 *
 * <p>Nothing is acknowledged automatically: PostgreSQL sends everything after the last {@link #acknowledge} again, in
 * whole transactions, to the next run.
 */
public final class Capture implements ChangeStream, AutoCloseable {
    /** Prefix of the logical messages that come back as {@link Commit#markers}. */
    public static final String MESSAGE_PREFIX = EngineProperties.MESSAGE_PREFIX;

    /** How many full chunks share the queued bytes. */
    private static final int CHUNKS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_TIMEOUT = Duration.ofMinutes(2);

    /** How long an engine that was closed may take to end. */
    private static final Duration WAKE = Duration.ofMillis(500);

    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final Feed feed;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread thread;

    private Capture(CaptureSettings settings, ReplicaIdentities identities, ChunkSink sink) {
        var assembler = new TransactionAssembler(settings.chunkSize(), settings.queuedBytes() / CHUNKS, sink);
        feed = feed(settings, assembler, identities);
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(EngineProperties.of(settings, feed))
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void pollingStarted() {
                        started.countDown();
                    }
                })
                .using((boolean success, String message, Throwable error) -> end(error))
                .notifying(feed::handle)
                .build();
        thread = new Thread(engine, "freshet-capture");
        thread.setDaemon(true);
    }

    private static Feed feed(CaptureSettings settings, TransactionAssembler assembler, ReplicaIdentities identities) {
        return switch (settings.mode()) {
            case MESSAGES -> new MessageFeed(settings, assembler, identities);
            case RECORDS -> new RecordFeed(settings, assembler, identities);
        };
    }

    /** Opens the stream. The sink is called from the engine's threads. */
    public static Capture open(CaptureSettings settings, ChunkSink sink) {
        var capture = new Capture(settings, new CatalogReplicaIdentities(settings.database()), sink);
        capture.thread.start();
        return capture;
    }

    /**
     * Has the connector validate its settings and the database, without a stream, so that a later {@link #open} takes
     * less time.
     */
    public static void rehearse(CaptureSettings settings) throws InterruptedException {
        var properties = new HashMap<String, String>();
        var rehearsed = new Capture(settings, new CatalogReplicaIdentities(settings.database()), chunk -> {});
        EngineProperties.of(settings, rehearsed.feed)
                .forEach((name, value) -> properties.put((String) name, (String) value));
        // In a thread of its own, because it mistakes an interrupt for a failed connection.
        var validation = new FutureTask<>(() -> new PostgresConnector().validate(properties));
        var thread = new Thread(validation, "freshet-rehearsal");
        thread.setDaemon(true);
        thread.start();
        try {
            validation.get();
        } catch (ExecutionException e) {
            LOG.debug("the connector's trial run failed: {}", e.toString());
        } finally {
            rehearsed.feed.close();
        }
    }

    /** Takes effect soon. */
    @Override
    public void acknowledge(Lsn lsn) {
        feed.acknowledge(lsn);
    }

    /** Completes when the stream has ended: normally after {@link #close}, else exceptionally with the failure. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /**
     * Whether the engine polls its connector, or has done so. A failure after that is a failure of the stream, not of
     * its start.
     */
    public boolean hasStarted() {
        return started.getCount() == 0;
    }

    /**
     * Waits until the engine polls its connector, the run is over, or the timeout has passed. Returns whether it polls.
     */
    public boolean awaitStarted(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!ended.isDone() && System.nanoTime() < deadline) {
            if (started.await(50, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Ends the stream. Waits a few seconds for its threads and connections to end. If they hang on a server that does
     * not answer, they end later in the background.
     */
    @Override
    public void close() {
        // An interrupted caller must not leave half a stream behind.
        boolean interrupted = Thread.interrupted();
        feed.close();
        interrupted |= tryToClose(CLOSE_TIMEOUT);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended.isDone()) {
            LOG.warn("the change stream does not stop; it is abandoned");
            var closer = new Thread(() -> tryToClose(LAST_TIMEOUT), "freshet-capture-close");
            closer.setDaemon(true);
            closer.start();
        }
    }

    private boolean tryToClose(Duration timeout) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + timeout.toNanos();
        long wake = Long.MAX_VALUE;
        while (!ended.isDone() && System.nanoTime() < deadline) {
            try {
                engine.close();
                wake = System.nanoTime() + WAKE.toNanos();
            } catch (IllegalStateException e) {
                // It is starting, or already stopping; neither can be interrupted.
                LOG.debug("the engine cannot be closed yet: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("closing the engine failed: {}", e.getMessage());
            }
            if (System.nanoTime() > wake) {
                // If it is closed right when it begins to poll, it waits for ever for a task that was never run.
                thread.interrupt();
                wake = Long.MAX_VALUE;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    private void end(Throwable error) {
        if (error == null || feed.isClosed()) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(
                    new CaptureException("the change stream broke: " + FailureCause.in(error), error));
        }
    }
}
