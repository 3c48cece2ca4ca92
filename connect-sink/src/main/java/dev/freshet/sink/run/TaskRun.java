// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import dev.freshet.core.gate.NotVisibleException;
import dev.freshet.core.gate.VisibilityGate;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SourceException;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.sink.config.SinkConfig;
import dev.freshet.sink.evict.BusyException;
import dev.freshet.sink.evict.Database;
import dev.freshet.sink.evict.Namespace;
import dev.freshet.sink.evict.Partitions;
import dev.freshet.sink.evict.RefusedStartException;
import dev.freshet.sink.evict.SinkPipeline;
import dev.freshet.sink.evict.WholeNamespace;
import dev.freshet.sink.read.Reading;
import dev.freshet.sink.read.RecordReader;
import dev.freshet.sink.read.SourceCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Takes records through the steps, and says up to which offset of each partition everything is evicted. Used by the
 * thread of the task; the work itself is done in one of its own.
 */
public final class TaskRun implements AutoCloseable {
    /** How often Redis and the database are looked at while no records come. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SinkConfig config;
    private final Mapping mapping;
    private final Servers servers;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final Patience patience;
    private final Partitions partitions;
    private final Planner planner;
    private final Meaning meaning;
    private RecordReader reader;
    private volatile SinkPipeline pipeline;
    /** Whether the namespace was prepared once. */
    private volatile boolean settled;

    private long lookedAt;
    private int openings;

    public TaskRun(SinkConfig config, Mapping mapping, Servers servers, SinkMetrics metrics, Clock clock) {
        this.config = config;
        this.mapping = mapping;
        this.servers = servers;
        this.metrics = metrics;
        this.clock = clock;
        this.planner = new Planner(mapping);
        this.meaning = Meaning.of(mapping);
        this.partitions = new Partitions(config.connector(), config.topicRetention(), clock);
        this.patience = new Patience(
                "freshet-sink", servers.cache()::status, config.redisPatience(), config.batchTimeout(), clock);
    }

    /** A record that could not be read, and why. */
    public record Unread(SinkRecord record, String why) {}

    /** @param openings how often partitions were given to the task before */
    private record Request(List<SinkRecord> batch, Map<String, Long> consumed, int openings) {}

    public void open(Collection<String> opened) {
        openings++;
        partitions.open(opened);
    }

    public void close(Collection<String> closed) {
        partitions.close(closed);
    }

    /**
     * Returns when everything that the records make stale is evicted.
     *
     * @return those that could not be read; they were answered by evicting more
     * @throws PutOffException if it must be tried again later
     * @throws RefusedStartException if the connector must not run as it is set up
     * @throws dev.freshet.sink.read.RefusedRecordException if it must not run on such records
     */
    public List<Unread> put(Collection<SinkRecord> records) throws InterruptedException {
        patience.polled();
        if (records.isEmpty() && !isDue()) {
            return List.of();
        }
        return work(records, Map.of());
    }

    /**
     * Up to where offsets may be committed.
     *
     * @param consumed by partition, the offset after the last record that was taken from it, whether or not it was handed
     *     to the task
     * @throws PutOffException if nothing can be said now
     */
    public Map<String, Long> evictedUpTo(Map<String, Long> consumed) throws InterruptedException {
        work(List.of(), consumed);
        var upTo = new HashMap<String, Long>();
        consumed.keySet().forEach(partition -> {
            Long next = partitions.next(partition);
            if (next != null) {
                upTo.put(partition, Math.min(next, consumed.get(partition)));
            }
        });
        return upTo;
    }

    private boolean isDue() {
        return partitions.hasOpened() || pipeline == null || System.nanoTime() - lookedAt > LOOK.toNanos();
    }

    private List<Unread> work(Collection<SinkRecord> records, Map<String, Long> consumed) throws InterruptedException {
        List<SinkRecord> batch = List.copyOf(records);
        try {
            List<Unread> unread = patience.run(new Request(batch, consumed, openings), () -> run(batch, consumed));
            lookedAt = System.nanoTime();
            return unread;
        } catch (SourceException | NotVisibleException e) {
            // Which connection failed is not asked: the next one is new.
            servers.dropDatabase();
            forget();
            throw putOff(
                    e.getMessage()
                            + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()),
                    e);
        } catch (PutOffException | BusyException e) {
            throw putOff(e.getMessage(), e);
        }
    }

    private PutOffException putOff(String why, RuntimeException cause) {
        metrics.putOff(why);
        return new PutOffException(why, cause);
    }

    private void forget() {
        pipeline = null;
        reader = null;
    }

    /** What it has done counts also if nobody waited for its end. */
    private List<Unread> run(List<SinkRecord> records, Map<String, Long> consumed) throws InterruptedException {
        if (pipeline == null) {
            start();
        }
        Partitions.Resumed resumed = partitions.resume(servers.offsets());
        var reached = new HashMap<String, Long>();
        var unread = new ArrayList<Unread>();
        var lastCommit = new long[1];
        reader.begin();
        pipeline.process(batch -> {
            resumed.loss().ifPresent(batch::lost);
            for (SinkRecord record : records) {
                String partition = record.originalTopic() + "-" + record.originalKafkaPartition();
                long offset = record.originalKafkaOffset();
                partitions.begunLate(partition, offset, reached).ifPresent(batch::lost);
                reach(partition, offset, offset + 1, reached, batch);
                read(record, batch, unread, lastCommit);
            }
            consumed.forEach((partition, offset) -> reach(partition, offset, offset, reached, batch));
        });
        servers.offsets().write(partitions.notes(reached));
        metrics.worked(records.size(), unread.size(), reader.unreadValues(), lastCommit[0]);
        partitions.advance(reached);
        partitions.settled(resumed);
        return unread;
    }

    private void reach(String partition, long offset, long next, Map<String, Long> reached, SinkPipeline.Batch batch) {
        partitions.hole(partition, offset, reached).ifPresent(batch::lost);
        reached.merge(partition, next, Math::max);
    }

    private void read(SinkRecord record, SinkPipeline.Batch batch, List<Unread> unread, long[] lastCommit) {
        Reading reading = reader.read(record);
        if (reading instanceof Reading.Changed changed) {
            batch.changed(changed.change());
            lastCommit[0] = Math.max(
                    lastCommit[0], changed.change().origin().committedAt().toEpochMilli());
        } else if (reading instanceof Reading.Snapshotted row) {
            batch.snapshotted(row.snapshot());
        } else if (reading instanceof Reading.Unreadable unreadable) {
            unreadable.table().ifPresentOrElse(batch::unreadable, () -> batch.lost(where(record) + unreadable.why()));
            unread.add(new Unread(record, where(record) + unreadable.why()));
        }
    }

    private static String where(SinkRecord record) {
        return "a record of partition " + record.originalTopic() + "-" + record.originalKafkaPartition() + " at "
                + record.originalKafkaOffset() + " cannot be read: ";
    }

    private void start() throws InterruptedException {
        Database database = servers.database();
        List<Shortcoming> lacking = database.shortcomings();
        if (!lacking.isEmpty()) {
            throw new RefusedStartException("the mapping does not fit the database: "
                    + lacking.stream().map(Shortcoming::toString).collect(Collectors.joining("\n")));
        }
        var whole = new WholeNamespace(servers.cache(), database, mapping, metrics);
        var namespace = new Namespace(
                servers.cache(),
                database,
                meaning,
                whole,
                config.connector(),
                !settled,
                config.takeOver() && !settled,
                clock);
        namespace.prepare();
        settled = true;
        reader = new RecordReader(
                mapping, new SourceCheck(config.topicPrefix(), database.name()), database, config.nullsKept());
        pipeline = new SinkPipeline(
                planner,
                new VisibilityGate(database, config.visibilityTimeout()),
                database,
                servers.cache(),
                namespace,
                whole,
                metrics);
    }

    @Override
    public void close() {
        patience.close();
        servers.close();
    }
}
