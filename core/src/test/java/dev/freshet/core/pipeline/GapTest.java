// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Lsn;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final Contract CONTRACT = new Contract("here:1", "c0ffee", Coverage.NONE);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ServerIdentity SERVER = new ServerIdentity("7", 1, new Lsn(0x7FFF_0000_0000L));

    @Test
    void noGapIfTheSlotIsAtOrBehindWhatWasEvicted() {
        assertThat(find(slot(100), redis(100))).isEmpty();
        assertThat(find(slot(99), redis(100))).isEmpty();
    }

    @Test
    void slotAheadOfWhatWasEvictedIsAGap() {
        assertThat(find(slot(0x1_0000_00FFL), redis(100))).hasValueSatisfying(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.SLOT_AHEAD);
            assertThat(gap.why()).contains("1/FF").contains("0/64");
        });
    }

    @Test
    void positionsAreComparedAsUnsigned() {
        var far = new ServerIdentity("7", 1, new Lsn(-1));
        assertThat(Gap.find(false, slot(-1), far, "p", redis(100))).isPresent();
        assertThat(Gap.find(false, slot(100), far, "p", redis(-1))).isEmpty();
    }

    @Test
    void mendedSourceAndEmptyRedisAreGaps() {
        assertThat(Gap.find(true, slot(100), SERVER, "p", redis(100))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Gap.Kind.SOURCE_MENDED);
        var empty = new Masters(List.of(new Master("ctx:~position", "m", 1, Optional.empty(), Optional.empty(), null)));
        assertThat(find(slot(100), empty).orElseThrow().kind()).isEqualTo(Gap.Kind.NO_POSITION);
    }

    @Test
    void anotherDatabaseTimelineOrSlotIsAGap() {
        assertThat(kindFor("8", 1, "s", 100)).isEqualTo(Gap.Kind.OTHER_DATABASE);
        assertThat(kindFor("7", 2, "s", 100)).isEqualTo(Gap.Kind.OTHER_DATABASE);
        assertThat(kindFor("7", 1, "t", 100)).isEqualTo(Gap.Kind.OTHER_SLOT);
    }

    /** Two databases of one cluster share its WAL. */
    @Test
    void anotherDatabaseOfTheSameClusterIsAGap() {
        var elsewhere = new SlotInfo(
                "s",
                "pgoutput",
                "other",
                0,
                "reserved",
                null,
                new Lsn(100),
                0,
                OptionalLong.empty(),
                Lsn.ZERO,
                false,
                false);
        assertThat(find(elsewhere, redis(100)).orElseThrow().kind()).isEqualTo(Gap.Kind.OTHER_DATABASE);
    }

    @Test
    void anotherPublicationIsAGap() {
        assertThat(Gap.find(false, slot(100), SERVER, "q", redis(100))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Gap.Kind.PUBLICATION_CHANGED);
    }

    @Test
    void aTableThatWasRewrittenIsAGap() {
        assertThat(sinceStart("p.columns.files")).isEmpty();
        assertThat(sinceStart("p.columns.other")).as("TRUNCATE").isEmpty();
        assertThat(sinceStart("p.other.files")).as("ADD COLUMN").isEmpty();
        assertThat(sinceStart("p.other.other").orElseThrow().kind()).isEqualTo(Gap.Kind.TABLE_REWRITTEN);
        assertThat(sinceStart("q.columns.files").orElseThrow().kind()).isEqualTo(Gap.Kind.PUBLICATION_CHANGED);
    }

    /** A copy of the data folder that was put back: same identifier, same timeline, and a slot that is behind. */
    @Test
    void aPositionThatTheWalHasNotReachedIsAGap() {
        var restored = new ServerIdentity("7", 1, new Lsn(99));
        assertThat(Gap.find(false, slot(50), restored, "p", redis(100))
                        .orElseThrow()
                        .kind())
                .isEqualTo(Gap.Kind.OTHER_DATABASE);
        assertThat(Gap.find(false, slot(50), new ServerIdentity("7", 1, new Lsn(100)), "p", redis(100)))
                .isEmpty();
    }

    @Test
    void aPositionPublishedOnAnotherMasterIsAGap() {
        var promoted = new Masters(List.of(
                new Master("ctx:~position", "m2", 1, Optional.of(position("7", 1, "s", 100)), Optional.empty(), "m1")));
        assertThat(find(slot(100), promoted).orElseThrow().kind()).isEqualTo(Gap.Kind.OTHER_MASTER);
    }

    @Test
    void ofSeveralMastersTheLowestPositionCounts() {
        assertThat(find(slot(100), redis(100, 150))).isEmpty();
        assertThat(find(slot(101), redis(150, 100)).orElseThrow().kind()).isEqualTo(Gap.Kind.SLOT_AHEAD);
        var different = new Masters(List.of(
                new Master("a", "a", 1, Optional.of(position("7", 1, "s", 100)), Optional.empty(), "a"),
                new Master("b", "b", 1, Optional.of(position("7", 2, "s", 100)), Optional.empty(), "b")));
        assertThat(find(slot(100), different).orElseThrow().kind()).isEqualTo(Gap.Kind.NO_POSITION);
        var oneWithout = new Masters(List.of(
                new Master("a", "a", 1, Optional.of(position("7", 1, "s", 100)), Optional.empty(), "a"),
                new Master("b", "b", 1, Optional.empty(), Optional.empty(), null)));
        assertThat(oneWithout.position()).isEmpty();
    }

    @Test
    void aPromotionIsNoGapWhereTheSlotCameAlong() {
        var promoted = new ServerIdentity("7", 2, new Lsn(1000)).having(Map.of(1, new Lsn(100)));
        var unknown = new ServerIdentity("7", 2, new Lsn(1000));
        assertThat(Gap.find(false, synced(90), promoted, "p", redis(100), true)).isEmpty();
        assertThat(Gap.find(false, synced(90), promoted, "p", redis(100), false))
                .as("commits may be lost")
                .isPresent();
        assertThat(Gap.find(false, slot(90), promoted, "p", redis(100), true).orElseThrow())
                .as("the slot is another")
                .isEqualTo(
                        new Gap(
                                Gap.Kind.OTHER_DATABASE,
                                "the database was promoted or restored: timeline 2, was 1, and slot s was not synchronised to it"));
        assertThat(Gap.find(false, synced(90), promoted, "p", redis(101), true)
                        .orElseThrow()
                        .why())
                .as("more was evicted")
                .contains("it lacks what was evicted last");
        assertThat(Gap.find(false, synced(90), unknown, "p", redis(100), true))
                .as("its history is not known")
                .isPresent();
        assertThat(Gap.find(false, synced(101), promoted, "p", redis(100), true)
                        .orElseThrow()
                        .kind())
                .isEqualTo(Gap.Kind.SLOT_AHEAD);
    }

    private static SlotInfo synced(long confirmed) {
        return new SlotInfo(
                "s",
                "pgoutput",
                "db",
                0,
                "reserved",
                null,
                new Lsn(confirmed),
                0,
                OptionalLong.empty(),
                Lsn.ZERO,
                false,
                true);
    }

    private static Optional<Gap> sinceStart(String now) {
        var redis = new Masters(List.of(new Master(
                "ctx:~position",
                "m",
                1,
                Optional.of(position("7", 1, "s", 100, "p.columns.files")),
                Optional.empty(),
                "m")));
        return Gap.find(false, slot(100), SERVER, now, redis);
    }

    private static Gap.Kind kindFor(String system, int timeline, String slot, long lsn) {
        var redis = new Masters(List.of(new Master(
                "ctx:~position", "m", 1, Optional.of(position(system, timeline, slot, lsn)), Optional.empty(), "m")));
        return find(slot(100), redis).orElseThrow().kind();
    }

    private static Optional<Gap> find(SlotInfo slot, Masters redis) {
        return Gap.find(false, slot, SERVER, "p", redis);
    }

    private static SlotInfo slot(long confirmed) {
        return new SlotInfo(
                "s",
                "pgoutput",
                "db",
                0,
                "reserved",
                null,
                new Lsn(confirmed),
                0,
                OptionalLong.empty(),
                Lsn.ZERO,
                false,
                false);
    }

    private static Masters redis(long... lsns) {
        return new Masters(Arrays.stream(lsns)
                .mapToObj(lsn -> new Master(
                        "ctx:~position",
                        "m" + lsn,
                        1,
                        Optional.of(position("7", 1, "s", lsn)),
                        Optional.empty(),
                        "m" + lsn))
                .toList());
    }

    private static Position position(String system, int timeline, String slot, long lsn) {
        return position(system, timeline, slot, lsn, "p");
    }

    private static Position position(String system, int timeline, String slot, long lsn, String publication) {
        return new Position(
                new Position.Origin(system, timeline, "db", slot, publication, 1), CONTRACT, new Lsn(lsn), NOW, NOW);
    }
}
