// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink;

import static dev.freshet.sink.memory.Events.event;
import static dev.freshet.sink.memory.Events.item;
import static dev.freshet.sink.memory.Events.record;
import static dev.freshet.sink.memory.Events.shop;
import static dev.freshet.sink.memory.Events.source;
import static dev.freshet.sink.memory.Events.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import dev.freshet.sink.memory.Events;
import dev.freshet.sink.memory.MemoryServers;
import dev.freshet.sink.memory.TaskContext;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task as a worker uses it, with servers in memory. */
class FreshetSinkTaskTest {
    private static final TopicPartition ITEMS = new TopicPartition("app.public.item", 0);
    private static final TopicPartition SHOPS = new TopicPartition("app.public.shop", 1);

    private MemoryServers servers = new MemoryServers();
    private TaskContext context = new TaskContext();
    private FreshetSinkTask task;

    @BeforeEach
    void start() {
        start(Map.of());
        task.open(List.of(ITEMS, SHOPS));
        task.put(List.of());
        assertThat(servers.cache.takePurges()).as("a new connector purges").isEqualTo(2);
        // A worker tells where each partition stands, also if nothing came from it.
        task.preCommit(Map.of(ITEMS, new OffsetAndMetadata(0), SHOPS, new OffsetAndMetadata(0)));
    }

    private void start(Map<String, String> more) {
        var options = new HashMap<String, String>();
        options.put("name", "sink");
        options.put("mapping", MemoryServers.MAPPING);
        options.put("source.topic.prefix", "app");
        options.put("database.url", "jdbc:postgresql://localhost/appdb");
        options.put("database.user", "freshet");
        options.put("redis.url", "redis://localhost");
        options.put("redis.patience.ms", "100");
        options.put("visibility.timeout.ms", "100");
        options.put("errors.tolerance", "all");
        options.putAll(more);
        task = new FreshetSinkTask((config, mapping) -> servers, Clock.systemUTC());
        task.initialize(context);
        task.start(options);
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    /** The task ends without a word, and another one takes its partitions. */
    private void restart(Map<String, String> more) {
        task.stop();
        servers = servers.another();
        context = new TaskContext();
        start(more);
        task.open(List.of(ITEMS, SHOPS));
    }

    private Map<TopicPartition, OffsetAndMetadata> commit(TopicPartition partition, long consumed) {
        return task.preCommit(Map.of(partition, new OffsetAndMetadata(consumed)));
    }

    private static SinkRecord moved(long offset) {
        return record(offset, update(item(1, 7L, "a"), item(1, 8L, "a"), 900));
    }

    @Test
    void aChangeEvictsTheKeysOfBothImagesAndAllKeysThatAreMadeOfSeveralRows() {
        task.put(List.of(moved(0)));
        assertThat(servers.cache.take())
                .contains("tag item:1", "tag shop:7/item", "tag shop:8/item")
                .contains("key item:1", "key shop:7:items", "key shop:8:items")
                .contains("keys by-name:*:items")
                .doesNotContain("keys shop:*:items");
        assertThat(servers.cache.takePurges()).isZero();
        assertThat(commit(ITEMS, 1).get(ITEMS).offset()).isEqualTo(1);
    }

    /** So partitions may be worked on in any order, and records may come again. */
    @Test
    void theOrderOfRecordsDoesNotCount() {
        SinkRecord first = record(0, update(item(1, 7L, "a"), item(1, 8L, "a"), 900));
        SinkRecord second = record(1, update(item(1, 8L, "a"), item(1, 7L, "a"), 901));
        task.put(List.of(first, second));
        var forwards = servers.cache.take();
        task.put(List.of(second, first));
        assertThat(servers.cache.take()).isEqualTo(forwards).contains("key shop:8:items");
    }

    @Test
    void nothingIsCommittedThatRedisHasNotAccepted() {
        task.put(List.of(moved(0)));
        servers.cache.refuse(true);
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> task.put(List.of(moved(1))))
                .withMessageContaining("nothing is committed")
                .withMessageContaining("OOM command not allowed");
        assertThat(context.timeout).isPositive();
        servers.cache.refuse(false);
        assertThat(commit(ITEMS, 1).get(ITEMS).offset()).isEqualTo(1);
        servers.cache.take();
        task.put(List.of(moved(1)));
        assertThat(servers.cache.take()).contains("key item:1");
        assertThat(commit(ITEMS, 2).get(ITEMS).offset()).isEqualTo(2);
    }

    @Test
    void aCommitThatNoSnapshotSeesYetIsNotEvicted() {
        servers.source.invisible.add(900L);
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> task.put(List.of(moved(0))))
                .withMessageContaining("transaction 900 has committed but is not visible");
        assertThat(servers.cache.take()).isEmpty();
        servers.source.invisible.clear();
        task.put(List.of(moved(0)));
        assertThat(servers.cache.take()).contains("key item:1");
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() {
        servers.source.down = true;
        assertThat(commit(ITEMS, 0)).as("nothing is committed meanwhile").isEmpty();
        assertThatExceptionOfType(RetriableException.class).isThrownBy(() -> task.put(List.of(moved(0))));
        servers.source.down = false;
        task.put(List.of(moved(0)));
        assertThat(servers.cache.take()).contains("key item:1");
    }

    @Test
    void whatCannotBeReadEvictsMoreAndIsReportedToo() {
        SinkRecord bad = record(0, event("u", Events.ITEM, null, null, source("item", 9)));
        task.put(List.of(bad));
        assertThat(servers.cache.take())
                .contains(
                        "tags item:*", "tags shop:*/item", "keys item:*", "keys shop:*:items", "keys by-name:*:items");
        assertThat(servers.source.waits).as("the transaction is not known").isPositive();
        SinkRecord worse = record(1, "no event");
        task.put(List.of(worse));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        assertThat(context.reported).containsExactly(bad, worse);
        assertThat(commit(ITEMS, 2).get(ITEMS).offset()).isEqualTo(2);
    }

    /** Connect takes a report for a failure then, and the task would never get past the record. */
    @Test
    void nothingIsReportedUnlessErrorsAreTolerated() {
        restart(Map.of("errors.tolerance", "none"));
        task.put(List.of(record(0, "no event")));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        assertThat(context.reported).isEmpty();
    }

    @Test
    void aHoleInTheOffsetsIsALoss() {
        task.put(List.of(moved(0), moved(1)));
        assertThat(servers.cache.takePurges()).isZero();
        task.put(List.of(moved(4)));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        task.put(List.of(moved(3), moved(5)));
        assertThat(servers.cache.takePurges())
                .as("what comes again leaves no hole")
                .isZero();
    }

    /** A converter failed, or a transform of this connector dropped it: the task never sees the record. */
    @Test
    void aRecordThatConnectDroppedIsALoss() {
        task.put(List.of(moved(0)));
        assertThat(commit(ITEMS, 1).get(ITEMS).offset()).isEqualTo(1);
        assertThat(servers.cache.takePurges()).isZero();
        assertThat(commit(ITEMS, 3).get(ITEMS).offset()).isEqualTo(3);
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    @Test
    void afterAKillRecordsComeAgainAndNothingIsLost() {
        task.put(List.of(moved(0), moved(1), moved(2)));
        restart(Map.of());
        task.put(List.of(moved(1), moved(2)));
        assertThat(servers.cache.take()).contains("key item:1");
        assertThat(servers.cache.takePurges()).isZero();
    }

    @Test
    void whatATopicDroppedWhileNoTaskRanIsALoss() {
        task.put(List.of(moved(0)));
        restart(Map.of());
        task.put(List.of(moved(5)));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    /** Connect begins where the topic begins now. */
    @Test
    void whatATopicDroppedIsALossAlsoIfNoRecordFollows() {
        task.put(List.of(moved(0)));
        restart(Map.of());
        assertThat(commit(ITEMS, 1).get(ITEMS).offset()).isEqualTo(1);
        assertThat(servers.cache.takePurges()).isZero();
        restart(Map.of());
        assertThat(commit(ITEMS, 5).get(ITEMS).offset()).isEqualTo(5);
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    @Test
    void aRedisThatLostItsNotesIsALoss() {
        task.put(List.of(moved(0)));
        servers.notes.clear();
        restart(Map.of());
        task.put(List.of());
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    @Test
    void aRedisThatFailedOverIsALossAlsoWhileNothingComes() {
        task.put(List.of(moved(0)));
        servers.store.becomeAnotherMaster();
        assertThat(commit(ITEMS, 1)).containsKey(ITEMS);
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        servers.store.becomeAnotherMaster();
        restart(Map.of());
        task.put(List.of());
        assertThat(servers.cache.takePurges()).as("while no task ran").isEqualTo(1);
    }

    /** What this task evicted on the old master is lost, although another has purged the new one before. */
    @Test
    void eachTaskMakesGoodWhatItHasLost() {
        var other = servers.another();
        servers.store.becomeAnotherMaster();
        var second = new FreshetSinkTask((config, mapping) -> other, Clock.systemUTC());
        second.initialize(new TaskContext());
        second.start(Map.of(
                "name", "sink",
                "mapping", MemoryServers.MAPPING,
                "source.topic.prefix", "app",
                "database.url", "jdbc:postgresql://localhost/appdb",
                "database.user", "freshet",
                "redis.url", "redis://localhost"));
        second.put(List.of());
        assertThat(other.cache.takePurges()).isEqualTo(1);
        task.put(List.of(moved(0)));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        second.stop();
    }

    /** What a task of a former configuration evicts does not count any more: it comes again to a new one. */
    @Test
    void aTaskOfAFormerMappingEndsAndCommitsNothing() {
        task.put(List.of(moved(0)));
        var zombie = task;
        var other = servers.another();
        servers = other;
        start(Map.of("mapping", MemoryServers.MAPPING.replace("shop:{shop_id}:items", "shop:{shop_id}:all")));
        task.put(List.of());
        assertThat(other.cache.takePurges()).isZero();
        assertThat(other.cache.take()).contains("keys shop:*:all", "keys shop:*:items");
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> zombie.put(List.of(moved(1))))
                .isNotInstanceOf(RetriableException.class)
                .withMessageContaining("is evicted by another mapping by now");
        zombie.stop();
    }

    /** A task that evicts everything was killed in between, or is still at it. */
    @Test
    void whileThePositionIsWithdrawnNothingIsFinished() {
        servers.cache.withdraw();
        assertThatExceptionOfType(RetriableException.class)
                .isThrownBy(() -> task.put(List.of(moved(0))))
                .withMessageContaining("another task is making the namespace right");
        restart(Map.of());
        task.put(List.of());
        assertThat(servers.cache.takePurges()).isPositive();
    }

    @Test
    void aPromotedDatabaseIsALoss() {
        servers.source.timeline = 2;
        task.put(List.of(moved(0)));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    @Test
    void aSnapshotOfTheSourceConnectorIsOnePurge() {
        task.put(List.of(snapshotted(0, 50), snapshotted(1, 50)));
        task.put(List.of(snapshotted(2, 50)));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
        task.put(List.of(snapshotted(3, 60)));
        assertThat(servers.cache.takePurges()).isEqualTo(1);
    }

    private static SinkRecord snapshotted(long offset, long lsn) {
        return record(
                offset,
                event(
                        "r",
                        Events.ITEM,
                        null,
                        item(offset, 7L, "a"),
                        source("item", 9).put("snapshot", "true").put("lsn", lsn)));
    }

    @Test
    void aTruncatedTableEvictsItsWholeSubtree() {
        task.put(List.of(record("app.public.shop", 1, 0, event("t", Events.SHOP, null, null, source("shop", 9)))));
        assertThat(servers.cache.take()).contains("tags shop:*", "tags item:*", "keys shop:*", "keys by-name:*:items");
    }

    @Test
    void whoAsksForAProofIsAnsweredFromTheDatabase() {
        task.put(List.of(record("app.public.shop", 1, 0, update(shop(7, "a"), shop(7, "b"), 900))));
        Position position = servers.cache.masters().position().orElseThrow();
        assertThat(position.lsn()).isEqualTo(Lsn.ZERO);
        assertThat(position.contract().coverage())
                .isEqualTo(new Coverage(java.util.Set.of("shop", "item"), java.util.Set.of()));
        assertThat(position.committedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aNamespaceOfTheSidecarIsLeftAloneUnlessItMayBeTaken() {
        servers = new MemoryServers();
        var sidecar = servers.another().cache;
        assertThat(sidecar.claim(new Claim(1, "x"), new Owner("4711", "appdb", "freshet"), false))
                .isTrue();
        var origin = new Position.Origin("4711", 1, "appdb", "freshet", "p", 1);
        sidecar.publish(
                new Position(
                        origin, new Contract("host", "x", Coverage.NONE), new Lsn(5), Instant.EPOCH, Instant.EPOCH),
                sidecar.masters(),
                null);
        restart(Map.of());
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> task.put(List.of()))
                .withMessageContaining("namespace shop in Redis belongs to slot freshet of database appdb")
                .withMessageContaining("take.over");
        assertThat(sidecar.masters().position().orElseThrow().lsn()).isEqualTo(new Lsn(5));
        restart(Map.of("take.over", "true"));
        task.put(List.of());
        assertThat(servers.cache.takePurges()).isPositive();
        assertThat(servers.cache.masters().position().orElseThrow().lsn()).isEqualTo(Lsn.ZERO);
    }

    @Test
    void recordsOfAnotherDatabaseEndTheTask() {
        SinkRecord foreign = record(
                0,
                event(
                        "u",
                        Events.ITEM,
                        null,
                        item(1, 7L, "a"),
                        source("item", 9).put("db", "other")));
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> task.put(List.of(foreign)))
                .isNotInstanceOf(RetriableException.class)
                .withMessageContaining("is from 'other'");
    }

    @Test
    void aPartitionThatWentElsewhereIsForgotten() {
        task.put(List.of(moved(0)));
        task.close(List.of(ITEMS));
        assertThat(commit(SHOPS, 0)).doesNotContainKey(ITEMS);
        // Another task has gone on meanwhile.
        servers.notes.replaceAll(
                (partition, note) -> partition.contains("item") ? note.replaceFirst("^1 ", "9 ") : note);
        task.open(List.of(ITEMS));
        task.put(List.of(moved(9)));
        assertThat(servers.cache.takePurges()).isZero();
    }
}
