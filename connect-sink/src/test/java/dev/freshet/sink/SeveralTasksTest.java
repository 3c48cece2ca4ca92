// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import static dev.freshet.sink.memory.Events.item;
import static dev.freshet.sink.memory.Events.record;
import static dev.freshet.sink.memory.Events.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.TaskContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A purge takes long. It ends, whatever other tasks do, and however short the time of a poll is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SeveralTasksTest {
    private static final TopicPartition ITEMS = new TopicPartition("app.public.item", 0);

    private final MemoryServers servers = new MemoryServers();
    private final List<FreshetSinkTask> tasks = new ArrayList<>();

    @AfterEach
    void stop() {
        tasks.forEach(FreshetSinkTask::stop);
    }

    private FreshetSinkTask task(MemoryServers its, Map<String, String> more) {
        var options = new HashMap<>(Map.of(
                "name", "sink",
                "mapping", MemoryServers.MAPPING,
                "source.topic.prefix", "app",
                "database.url", "jdbc:postgresql://localhost/appdb",
                "database.user", "freshet",
                "redis.url", "redis://localhost"));
        options.putAll(more);
        var task = new FreshetSinkTask((config, mapping) -> its, Clock.systemUTC());
        task.initialize(new TaskContext());
        task.start(options);
        tasks.add(task);
        return task;
    }

    private static CompletableFuture<Void> starting(FreshetSinkTask task) {
        return CompletableFuture.runAsync(() -> untilTaken(task, List.of()));
    }

    /** As Connect does: the same batch again, until it is taken. */
    private static void untilTaken(FreshetSinkTask task, List<SinkRecord> batch) {
        boolean taken = false;
        while (!taken) {
            try {
                task.put(batch);
                taken = true;
            } catch (RetriableException e) {
                assertThat(e).hasMessageContaining("nothing is committed");
            }
        }
    }

    @Test
    void aPurgeCountsAlthoughAnotherTaskHasClaimedTheNamespaceMeanwhile() throws Exception {
        var others = servers.another();
        CountDownLatch first = servers.cache.holdPurges();
        CountDownLatch second = others.cache.holdPurges();
        CompletableFuture<Void> one = starting(task(servers, Map.of()));
        servers.cache.awaitPurge();
        CompletableFuture<Void> other = starting(task(others, Map.of()));
        others.cache.awaitPurge();

        first.countDown();
        one.get();
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        assertThat(servers.cache.masters().position()).as("readers go on").isPresent();
        second.countDown();
        other.get();
        assertThat(others.cache.takePurges()).isEqualTo(1);
        assertThat(servers.cache.masters().position()).isPresent();
    }

    /** What it purged on the old master is undone. */
    @Test
    void aPurgeDoesNotCountIfRedisFailedOverMeanwhile() throws Exception {
        CountDownLatch purge = servers.cache.holdPurges();
        CompletableFuture<Void> start = starting(task(servers, Map.of()));
        servers.cache.awaitPurge();
        servers.store.becomeAnotherMaster();
        purge.countDown();
        start.get();
        assertThat(servers.cache.takePurges()).isEqualTo(2);
    }

    /** Another task may have worked by a former mapping meanwhile, so what differs has to go again. */
    @Test
    void whatDiffersIsEvictedAgainIfATaskOfTheFormerMappingHasPublishedMeanwhile() throws Exception {
        var former = servers.another();
        task(former, Map.of()).put(List.of());
        servers.cache.refuse(true);
        CompletableFuture<Void> start = starting(task(
                servers,
                Map.of("mapping", MemoryServers.MAPPING.replace("shop:{shop_id}:items", "shop:{shop_id}:all"))));
        while (former.cache.masters().position().isPresent()) {
            Thread.onSpinWait();
        }
        task(servers.another(), Map.of()).put(List.of());
        servers.cache.refuse(false);
        start.get();
        assertThat(servers.cache.takeBatches()).isEqualTo(2);
        assertThat(servers.cache.takePurges()).isZero();
    }

    @Test
    void aPurgeThatTakesLongerThanAPollGoesOnAndIsDoneOnce() {
        FreshetSinkTask task = task(servers, Map.of("batch.timeout.ms", "100"));
        CountDownLatch purge = servers.cache.holdPurges();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(RetriableException.class)
                    .isThrownBy(() -> task.put(List.of()))
                    .withMessageContaining("batch.timeout.ms");
        }
        purge.countDown();
        untilTaken(task, List.of());
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    @Test
    void whatABatchHasReachedCountsAlsoIfNobodyWaitedForIt() {
        FreshetSinkTask task = task(servers, Map.of("batch.timeout.ms", "100"));
        task.open(List.of(ITEMS));
        untilTaken(task, List.of(moved(0)));
        servers.cache.takePurges();
        CountDownLatch purge = servers.cache.holdPurges();
        List<SinkRecord> afterAHole = List.of(moved(5));
        assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> task.put(afterAHole));
        purge.countDown();
        untilTaken(task, afterAHole);
        assertThat(servers.cache.takePurges()).as("the hole is purged for once").isEqualTo(1);
    }

    /** The batch before it has used up the time in which Connect must poll again. */
    @Test
    void aCommitBeginsNothingOnceTheTimeOfAPollIsUsedUp() {
        FreshetSinkTask task = task(servers, Map.of("batch.timeout.ms", "100"));
        task.open(List.of(ITEMS));
        CountDownLatch purge = servers.cache.holdPurges();
        assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> task.put(List.of()));
        purge.countDown();
        assertThat(task.preCommit(Map.of(ITEMS, new OffsetAndMetadata(7)))).isEmpty();
        assertThat(servers.notes).as("the commit was not worked on").isEmpty();
        untilTaken(task, List.of());
        assertThat(servers.notes).isEmpty();
    }

    /** Its notes are another task's by then. */
    @Test
    void aPartitionThatIsLostWhileABatchIsWorkedOnIsNotNoted() {
        FreshetSinkTask task = task(servers, Map.of("batch.timeout.ms", "100"));
        task.open(List.of(ITEMS));
        CountDownLatch purge = servers.cache.holdPurges();
        List<SinkRecord> batch = List.of(moved(3));
        assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> task.put(batch));
        task.close(List.of(ITEMS));
        purge.countDown();
        untilTaken(task, List.of());
        assertThat(servers.notes).isEmpty();
    }

    private static SinkRecord moved(long offset) {
        return record(offset, update(item(1, 7L, "a"), item(1, 8L, "a"), 900));
    }
}
