// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.core.cache.Position;
import dev.freshet.core.gate.NotVisibleException;
import dev.freshet.core.gate.Snapshot;
import dev.freshet.core.gate.SnapshotSource;
import dev.freshet.core.gate.VisibilityGate;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.Chunk;
import dev.freshet.core.stream.Commit;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the protocol's steps, without a server. */
class ChangePipelineTest {
    private static final Mapping MAPPING = MappingParser.parse("m.yaml", new StringReader("""
            freshet: 1
            entities:
              item: { table: item, id: id, keys: [ "item:{id}" ] }
              shop: { table: shop, id: id }
              stall: { table: stall, id: id, references: { shop: shop_id }, keys: [ "shop:{shop.name}" ] }
            """));
    private static final Meaning MEANING = Meaning.of(MAPPING);
    private static final Position.Origin ORIGIN = new Position.Origin("7", 1, "app", "slot", "p", 5);
    private static final Lsn START = new Lsn(0x100);

    private static final Contract CONTRACT = new Contract("here", MEANING.hash(), Coverage.NONE);

    private final List<String> steps = new ArrayList<>();
    private String failing = "";
    private String snapshot = "1000:1000:";
    private final RecordingCache cache = new RecordingCache(this::step);
    private final Withdrawal withdrawal = new Withdrawal(cache);
    private final TestLookups lookups = new TestLookups();
    private final TestMarkers markers = new TestMarkers();
    private final RecordingListener listener = new RecordingListener();
    private final Publisher publisher;
    private final ChangePipeline pipeline;

    ChangePipelineTest() {
        var ports = new Ports(cache, lookups, markers, new TestFailures(), listener, Clock.systemUTC());
        cache.publish(position(START), cache.masters(), null);
        steps.clear();
        var log = new EvictionLog(100, START);
        var purge = new Purge(cache, withdrawal, List.of("item:*"), ports.listener(), others -> KeyPatterns.NONE);
        var start = new StartPoint(START, ORIGIN, cache.masters(), START);
        publisher = new Publisher(ports, log, purge, CONTRACT, MEANING, start);
        var gate = new VisibilityGate(new TestSnapshots(), Duration.ofMillis(50));
        pipeline = new ChangePipeline(gate, new Planner(MAPPING), ports, log, publisher, START);
    }

    private final class TestSnapshots implements SnapshotSource {
        @Override
        public Snapshot current() {
            step("gate");
            return Snapshot.parse(snapshot);
        }

        @Override
        public void confirmComplete() {
            step("confirm");
        }
    }

    /** Fails as it is told to, or finds nothing. */
    private static final class TestLookups implements Lookups {
        private RuntimeException failure;

        @Override
        public Relations relations() {
            return (table, columns, tuples, found) -> {
                if (failure != null) {
                    throw failure;
                }
            };
        }

        @Override
        public Lsn walEnd() {
            return new Lsn(0x1000);
        }

        @Override
        public KeyPatterns patterns(Collection<KeyRule> others) {
            return KeyPatterns.NONE;
        }
    }

    @Test
    void aBatchIsGatedThenEvictedThenPublishedThenAcknowledged() throws Exception {
        process(chunk(10, 1, 0x200L));
        assertThat(steps).containsExactly("gate", "evict [item:1]", "confirm", "publish 0/200", "acknowledge 0/200");
        assertThat(publisher.published()).isEqualTo(new Lsn(0x200));
    }

    @Test
    void noMoreIsAcknowledgedThanAFurtherTargetAccepted() throws Exception {
        cache.acceptedElsewhere(new Lsn(0x180));
        process(chunk(10, 1, 0x200L));
        assertThat(steps).endsWith("publish 0/200", "acknowledge 0/180");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "evict [item:1]", "confirm", "publish 0/200"})
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
        assertThat(steps).endsWith("evict [item:2]", "confirm", "publish 0/200", "acknowledge 0/200");
    }

    @Test
    void aBatchIsPublishedOnceUpToItsLastCommit() throws Exception {
        process(chunk(10, 1, 0x200L), chunk(11, 2, 0x300L), chunk(12, 3, null));
        assertThat(steps)
                .containsExactly(
                        "gate", "evict [item:1, item:2, item:3]", "confirm", "publish 0/300", "acknowledge 0/300");
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
                        "confirm",
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

    /** The position is withdrawn by then, which tells the next start nothing. */
    @Test
    void aPurgeThatBreaksOffLeavesItsReasonToTheNext() throws Exception {
        var none = new Gap(Gap.Kind.NO_POSITION, "there is no position");
        cache.failOver(Optional.empty());
        failing = "purge";
        assertThatThrownBy(() -> process(chunk(10, 1, 0x200L))).hasStackTraceContaining("fails: purge");
        assertThat(withdrawal.reason(none).kind()).isEqualTo(Gap.Kind.OTHER_MASTER);
        publisher(new StartPoint(START, ORIGIN, cache.masters(), START)).publish(new Lsn(0x200), Instant.EPOCH, null);
        assertThat(withdrawal.reason(none)).isEqualTo(none);
    }

    @Test
    void theListenerIsToldOfEachStepAfterIt() throws Exception {
        process(chunk(10, 1, 0x200L));
        assertThat(listener.told)
                .containsExactly(
                        "visible",
                        "captured 10",
                        "planned item:1",
                        "evicted 1",
                        "batched 1",
                        "accepted 10 at 0/200",
                        "published 0/200");
    }

    @Test
    void markersComeBackOnceTheirTransactionIsEvicted() throws Exception {
        failing = "evict [item:1]";
        Chunk marked = new Chunk(
                10, chunk(10, 1, null).changes(), new Commit(new Lsn(0x200), Instant.EPOCH, List.of("run 1")));
        assertThatThrownBy(() -> process(marked)).hasMessageContaining("fails");
        assertThat(markers.returned).isEmpty();
        failing = "";
        process(marked);
        assertThat(markers.returned).containsExactly("run 1");
    }

    @Test
    void aCommitThatWasPublishedAndDoesNotComeAgainLosesThePosition() {
        var later = new StartPoint(START, ORIGIN, cache.masters(), new Lsn(0x180));
        Publisher resumed = publisher(later);
        assertThatThrownBy(() -> resumed.passes(new Lsn(0x200)))
                .isInstanceOfSatisfying(
                        PositionLostException.class,
                        lost -> assertThat(lost.gap().kind()).isEqualTo(Gap.Kind.OTHER_DATABASE))
                .hasMessageContaining("0/180");
    }

    @Test
    void aCommitThatWasPublishedComesAgain() {
        Publisher resumed = publisher(new StartPoint(START, ORIGIN, cache.masters(), new Lsn(0x180)));
        resumed.passes(new Lsn(0x170));
        resumed.passes(new Lsn(0x180));
        resumed.passes(new Lsn(0x200));
        assertThat(resumed.published()).isEqualTo(new Lsn(0x180));
    }

    @Test
    void whatCannotBePlannedIsUnreadableAndNamesItsTransaction() {
        lookups.failure = new IllegalStateException("an odd type");
        assertThatThrownBy(() -> process(stall(11, 0x200L)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("transaction 11 after 0/100")
                .hasMessageContaining("an odd type");
        assertThat(steps).doesNotContain("publish 0/200", "acknowledge 0/200");
    }

    @Test
    void aLookUpThatIsRefusedEvictsByPattern() throws Exception {
        lookups.failure = new LookUpException(new IllegalStateException("type"));
        process(stall(11, 0x200L));
        assertThat(steps).contains("evict [shop:*]", "publish 0/200");
    }

    @Test
    void aDatabaseThatIsAwayIsNotUnreadable() {
        lookups.failure = new IllegalStateException(new IOException("reset"));
        assertThatThrownBy(() -> process(stall(11, 0x200L))).isSameAs(lookups.failure);
        assertThat(steps).doesNotContain("publish 0/200", "acknowledge 0/200");
    }

    @Test
    void aLookUpThatIsNeverAnsweredIsUnreadable() {
        lookups.failure = new IllegalStateException(new SocketTimeoutException("read timed out"));
        assertThatThrownBy(() -> process(stall(11, 0x200L))).isInstanceOf(UnreadableException.class);
    }

    @Test
    void whatIsLookedUpIsAcknowledgedOnceTheStreamHasPassedTheLookUp() throws Exception {
        process(stall(11, 0x200L));
        assertThat(steps).contains("publish 0/200").doesNotContain("acknowledge 0/200");
    }

    private Publisher publisher(StartPoint start) {
        var ports = new Ports(cache, lookups, markers, new TestFailures(), listener, Clock.systemUTC());
        var purge = new Purge(cache, withdrawal, List.of(), listener, others -> KeyPatterns.NONE);
        return new Publisher(ports, new EvictionLog(100, START), purge, CONTRACT, MEANING, start);
    }

    /** A row whose key needs a look-up. */
    private static Chunk stall(long txId, long commit) {
        var change = new RowChange(
                TableName.of("stall"),
                Operation.CREATE,
                null,
                new Row(Map.of("id", "1", "shop_id", "2")),
                new Origin(txId, new Lsn(0x150), Instant.EPOCH));
        return new Chunk(txId, List.of(change), new Commit(new Lsn(commit), Instant.EPOCH, List.of()));
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
