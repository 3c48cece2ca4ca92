// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.invalidator.capture.Chunk;
import dev.freshet.invalidator.capture.Commit;
import dev.freshet.invalidator.evict.Position;
import dev.freshet.invalidator.plan.Operation;
import dev.freshet.invalidator.plan.Origin;
import dev.freshet.invalidator.plan.Planner;
import dev.freshet.invalidator.plan.Relations;
import dev.freshet.invalidator.plan.Row;
import dev.freshet.invalidator.plan.RowChange;
import dev.freshet.invalidator.visibility.NotVisibleException;
import dev.freshet.invalidator.visibility.Snapshot;
import dev.freshet.invalidator.visibility.VisibilityGate;
import dev.freshet.model.mapping.KeyPatterns;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingParser;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the protocol's steps, without a server. */
class ChangePipelineTest {
    private static final Mapping MAPPING = MappingParser.parse("m.yaml", new StringReader("""
            freshet: 1
            entities:
              item: { table: item, id: id, keys: [ "item:{id}" ] }
            """));
    private static final Meaning MEANING = Meaning.of(MAPPING);
    private static final Position.Origin ORIGIN = new Position.Origin("7", 1, "app", "slot", "p", 5);
    private static final Lsn START = new Lsn(0x100);

    private static final Contract CONTRACT = new Contract("here", MEANING.hash(), Coverage.NONE);

    private final List<String> steps = new ArrayList<>();
    private String failing = "";
    private String snapshot = "1000:1000:";
    private final RecordingCache cache = new RecordingCache(this::step);
    private final Publisher publisher;
    private final ChangePipeline pipeline;

    ChangePipelineTest() throws SQLException {
        Clock clock = Clock.systemUTC();
        var registry = new SimpleMeterRegistry();
        var metrics = new RunMetrics(registry);
        var parts = new RunParts(
                UUID.randomUUID().toString(),
                new Planner(MAPPING),
                null,
                cache,
                new Ledger(MAPPING, metrics, new RecentTransactions()),
                metrics,
                new Progress(),
                new Heartbeat(clock, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                new StallWatch(Duration.ofSeconds(10), System::nanoTime),
                new Lifecycle(clock, cache::status),
                clock,
                new AtomicBoolean(),
                new UnreadableChanges());
        cache.publish(position(START), cache.masters(), null);
        steps.clear();
        var log = new EvictionLog(100, START);
        var purge = new Purge(cache, List.of("item:*"), metrics, others -> KeyPatterns.NONE);
        var start = new StartPoint(START, ORIGIN, cache.masters(), START);
        publisher = new Publisher(cache, log, purge, metrics, clock, CONTRACT, MEANING, start);
        var gate = new VisibilityGate(
                () -> {
                    step("gate");
                    return Snapshot.parse(snapshot);
                },
                Duration.ofMillis(50));
        pipeline = new ChangePipeline(gate, parts, new NoRows(), log, publisher, START);
    }

    /** Templates without paths look nothing up. */
    private static final class NoRows implements Lookups {
        @Override
        public Relations relations() {
            return (table, columns, tuples, found) -> {
                throw new AssertionError("looked up " + table);
            };
        }

        @Override
        public Lsn walEnd() {
            return Lsn.ZERO;
        }

        @Override
        public KeyPatterns patterns(Collection<KeyRule> others) {
            return KeyPatterns.NONE;
        }
    }

    @Test
    void aBatchIsGatedThenEvictedThenPublishedThenAcknowledged() throws Exception {
        process(chunk(10, 1, 0x200L));
        assertThat(steps).containsExactly("gate", "evict [item:1]", "publish 0/200", "acknowledge 0/200");
        assertThat(publisher.published()).isEqualTo(new Lsn(0x200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "evict [item:1]", "publish 0/200"})
    void behindAStepThatFailsNothingIsDone(String step) {
        failing = step;
        assertThatThrownBy(() -> process(chunk(10, 1, 0x200L))).hasStackTraceContaining("fails: " + step);
        assertThat(steps).endsWith(step).doesNotContain("acknowledge 0/200");
        assertThat(publisher.published()).isEqualTo(START);
    }

    @Test
    void whatNoSnapshotShowsIsNotEvicted() {
        snapshot = "10:10:";
        assertThatThrownBy(() -> process(chunk(10, 1, 0x200L))).isInstanceOf(NotVisibleException.class);
        assertThat(steps).isNotEmpty().containsOnly("gate");
    }

    @Test
    void ofATransactionThatIsNotReadToItsEndNothingIsPublished() throws Exception {
        process(chunk(10, 1, null));
        assertThat(steps).containsExactly("gate", "evict [item:1]");
        process(chunk(10, 2, 0x200L));
        assertThat(steps).endsWith("evict [item:2]", "publish 0/200", "acknowledge 0/200");
    }

    @Test
    void aBatchIsPublishedOnceUpToItsLastCommit() throws Exception {
        process(chunk(10, 1, 0x200L), chunk(11, 2, 0x300L), chunk(12, 3, null));
        assertThat(steps)
                .containsExactly("gate", "evict [item:1, item:2, item:3]", "publish 0/300", "acknowledge 0/300");
    }

    @Test
    void onAnotherMasterWhatItLacksIsRepeatedBeforeThePosition() throws Exception {
        process(chunk(10, 1, 0x200L));
        Optional<Position> known = cache.position();
        process(chunk(11, 2, 0x300L));
        steps.clear();
        cache.failOver(known);
        process(chunk(12, 3, 0x400L));
        assertThat(steps)
                .containsExactly(
                        // The gate need not ask: its last snapshot was later than all that ran.
                        "evict [item:3]",
                        "publish 0/400",
                        "drop fence sets",
                        "evict [item:2, item:3]",
                        "publish 0/400",
                        "acknowledge 0/400");
    }

    @Test
    void anotherMasterThatKnowsNothingIsPurgedBeforeThePosition() throws Exception {
        cache.failOver(Optional.empty());
        process(chunk(10, 1, 0x200L));
        assertThat(steps)
                .containsExactly(
                        "gate",
                        "evict [item:1]",
                        "publish 0/200",
                        "withdraw",
                        "purge",
                        "publish 0/200",
                        "acknowledge 0/200");
    }

    @Test
    void anotherMasterThatIsFurtherBackThanIsRememberedIsPurged() throws Exception {
        cache.failOver(Optional.of(position(new Lsn(0x50))));
        process(chunk(10, 1, 0x200L));
        assertThat(steps).containsSubsequence("withdraw", "purge", "publish 0/200", "acknowledge 0/200");
    }

    private void process(Chunk... chunks) throws Exception {
        pipeline.process(List.of(chunks), lsn -> step("acknowledge " + lsn));
    }

    /** The gate asks again and again. */
    private void step(String name) {
        boolean again = name.equals("gate")
                && !steps.isEmpty()
                && steps.get(steps.size() - 1).equals(name);
        if (!again) {
            steps.add(name);
        }
        if (name.equals(failing)) {
            throw new IllegalStateException("fails: " + name);
        }
    }

    private static Position position(Lsn lsn) {
        return new Position(ORIGIN, CONTRACT, lsn, Instant.EPOCH, Instant.EPOCH);
    }

    /** @param commit null: more follows */
    private static Chunk chunk(long txId, int id, Long commit) {
        var change = new RowChange(
                TableName.of("item"),
                Operation.CREATE,
                null,
                new Row(Map.of("id", "" + id)),
                new Origin(txId, new Lsn(0x150), Instant.EPOCH));
        return new Chunk(
                txId, List.of(change), commit == null ? null : new Commit(new Lsn(commit), Instant.EPOCH, List.of()));
    }
}
