// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import static dev.freshet.sink.memory.Events.item;
import static dev.freshet.sink.memory.Events.record;
import static dev.freshet.sink.memory.Events.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.TaskContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that were dropped where no later record tells: of a quiet partition, and before the first one. */
class MissedRecordsTest {
    private static final TopicPartition ITEMS = new TopicPartition("app.public.item", 0);

    private MemoryServers servers = new MemoryServers();
    private Instant now = Instant.now();
    private FreshetSinkTask task = start();

    private FreshetSinkTask start() {
        var started = new FreshetSinkTask((config, mapping) -> servers, new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
        started.initialize(new TaskContext());
        started.start(Map.of(
                "name", "sink",
                "mapping", MemoryServers.MAPPING,
                "source.topic.prefix", "app",
                "database.url", "jdbc:postgresql://localhost/appdb",
                "database.user", "freshet",
                "topic.retention.ms", "3600000",
                "redis.url", "redis://localhost"));
        started.open(List.of(ITEMS));
        return started;
    }

    private void restart() {
        task.stop();
        servers = servers.another();
        task = start();
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    private static SinkRecord moved(long offset) {
        return record(offset, update(item(1, 7L, "a"), item(1, 8L, "a"), 900));
    }

    private int purges() {
        return servers.cache.takePurges();
    }

    private void commit(long position) {
        task.preCommit(Map.of(ITEMS, new OffsetAndMetadata(position)));
    }

    @Test
    void whereNoTaskWorkedForLongerThanTopicsKeepRecordsEverythingIsEvicted() {
        task.put(List.of(moved(0)));
        now = now.plus(Duration.ofMinutes(59));
        restart();
        task.put(List.of());
        assertThat(purges()).isZero();
        now = now.plus(Duration.ofMinutes(61));
        restart();
        task.put(List.of());
        assertThat(purges()).isEqualTo(1);
        task.put(List.of(moved(1)));
        assertThat(purges()).as("it is mended").isZero();
    }

    /** A connector that was paused, or that waited for Redis, has not ended. */
    @Test
    void theSameHoldsForATaskThatStandsStill() {
        task.put(List.of(moved(0)));
        purges();
        now = now.plus(Duration.ofMinutes(61));
        task.put(List.of(moved(1)));
        assertThat(purges()).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(59));
        task.put(List.of(moved(2)));
        assertThat(purges()).isZero();
    }

    @Test
    void theFirstRecordsOfAPartitionThatDidNotComeAreALoss() {
        task.put(List.of());
        purges();
        task.put(List.of(moved(1)));
        assertThat(purges()).isEqualTo(1);
        task.put(List.of(moved(2)));
        assertThat(purges()).isZero();
    }

    @Test
    void aPartitionThatBeginsLateIsNone() {
        task.put(List.of());
        purges();
        commit(1_000_000);
        task.put(List.of(moved(1_000_000)));
        assertThat(purges()).as("Connect said so").isZero();
    }

    /** They are evicted for want of a note, and what was dropped before them with it. */
    @Test
    void recordsThatComeBeforeConnectHasToldWhereAPartitionBeginsAreEvictedForOnce() {
        task.put(List.of(moved(1_000_000)));
        assertThat(purges()).as("prepared, and no note").isEqualTo(2);
        commit(1_000_001);
        assertThat(purges()).isZero();
    }
}
