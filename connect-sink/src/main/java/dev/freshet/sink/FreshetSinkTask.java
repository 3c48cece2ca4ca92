// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.sink.config.SinkConfig;
import dev.freshet.sink.evict.RefusedStartException;
import dev.freshet.sink.read.RefusedRecordException;
import dev.freshet.sink.run.PutOffException;
import dev.freshet.sink.run.RealServers;
import dev.freshet.sink.run.Servers;
import dev.freshet.sink.run.SinkMetrics;
import dev.freshet.sink.run.TaskRun;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts what the records of its partitions make stale. Offsets are committed only up to where Redis has accepted all
 * evictions. Whatever comes twice is evicted twice, which does no harm: so it may be killed at any moment, and another
 * task may do the same at the same time.
 */
public final class FreshetSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(FreshetSinkTask.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final BiFunction<SinkConfig, Mapping, Servers> connect;
    private final Clock clock;
    private TaskRun run;
    private SinkMetrics metrics;
    private ErrantRecordReporter reporter;

    /** For Kafka Connect, which creates it by name. */
    public FreshetSinkTask() {
        this(RealServers::new, Clock.systemUTC());
    }

    FreshetSinkTask(BiFunction<SinkConfig, Mapping, Servers> connect, Clock clock) {
        this.connect = connect;
        this.clock = clock;
    }

    @Override
    public String version() {
        return Version.OWN;
    }

    /** Asks no server yet: what fails here is not tried again. */
    @Override
    public void start(Map<String, String> options) {
        var config = new SinkConfig(options);
        Mapping mapping = config.mapping();
        metrics = new SinkMetrics();
        metrics.show(config.connector(), options.getOrDefault(FreshetSinkConnector.TASK, "0"));
        run = new TaskRun(config, mapping, connect.apply(config, mapping), metrics, clock);
        reporter = config.mayReport() ? context.errantRecordReporter() : null;
        LOG.info(
                "connector {} evicts in namespace {}; it publishes no position: bounded and session reads are answered"
                        + " from the database",
                config.connector(),
                mapping.namespace());
    }

    /** A commit tells where each partition begins, before records can be missed that come later. */
    @Override
    public void open(Collection<TopicPartition> partitions) {
        run.open(names(partitions));
        context.requestCommit();
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        run.close(names(partitions));
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        List<TaskRun.Unread> unread = attempt(() -> run.put(records));
        for (TaskRun.Unread one : unread) {
            LOG.warn("{}; evicted more instead", one.why());
            if (reporter != null) {
                // A copy: what the record may have made stale is evicted already.
                reporter.report(one.record(), new ConnectException(one.why()));
            }
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> current) {
        var consumed = new HashMap<String, Long>();
        current.forEach((partition, offset) -> consumed.put(partition.toString(), offset.offset()));
        Map<String, Long> evicted;
        try {
            evicted = attempt(() -> run.evictedUpTo(consumed));
        } catch (RetriableException e) {
            LOG.info("no offset is committed now: {}", e.getMessage());
            return Map.of();
        }
        var committed = new HashMap<TopicPartition, OffsetAndMetadata>();
        current.keySet().forEach(partition -> {
            Long offset = evicted.get(partition.toString());
            if (offset != null) {
                committed.put(partition, new OffsetAndMetadata(offset));
            }
        });
        return committed;
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private <T> T attempt(Work<T> work) {
        try {
            return work.run();
        } catch (PutOffException e) {
            context.timeout(PAUSE_MILLIS);
            throw new RetriableException("not evicted yet, and nothing is committed: " + e.getMessage(), e);
        } catch (RefusedStartException | RefusedRecordException e) {
            throw new ConnectException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableException("interrupted; nothing is committed", e);
        }
    }

    private static List<String> names(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).toList();
    }

    @Override
    public void stop() {
        if (run != null) {
            run.close();
            metrics.close();
        }
    }
}
