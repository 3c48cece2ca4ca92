// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Position;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.Steps.Moment;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is looked at while the stream runs, and what happens if something is wrong. */
@Tag("memory")
class StreamChecksTest {
    private final MemoryRun run = new MemoryRun().ranBefore();

    /** @param reason of the purge. The one before was to make the slot, so {@code source-mended} */
    private void streamAgainAfterAPurge(String reason) {
        run.thenPass(Duration.ofSeconds(2)).thenLook().run();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.count("purges")).isEqualTo(2);
        assertThat(run.purges(reason)).as(reason).isEqualTo(reason.equals("source-mended") ? 2 : 1);
        List<String> steps = run.steps.all();
        assertThat(steps.indexOf("withdraw"))
                .as("withdrawn before the stream is closed")
                .isLessThan(steps.indexOf("close stream"));
    }

    @Test
    void aSlotThatIsGoneIsMadeAnewAndTheNamespacePurged() {
        run.store.write("item:7");
        run.thenPass(Duration.ofSeconds(1)).then(() -> run.database.hasSlot = false);
        streamAgainAfterAPurge("source-mended");
        assertThat(run.steps.all()).contains("mend");
    }

    @Test
    void aSlotThatMovesOnIsNoticed() {
        run.store.write("item:7");
        run.thenPass(Duration.ofSeconds(1)).then(() -> run.database.confirmed = new Lsn(0xFFFF));
        run.steps.at(Moment.BEFORE, "close stream", () -> run.database.confirmed = run.database.end());
        streamAgainAfterAPurge("slot-ahead");
    }

    /** A commit comes before the next marker. Once its position is published, the slot looks right. */
    @Test
    void aSlotThatMovesOnWhileTheStreamIsOpenedIsNoticedBeforeAnythingIsPublished() {
        run.store.write("item:7");
        run.steps.at(
                Moment.AFTER,
                "open stream",
                () -> run.steps.at(Moment.AFTER, "slot", () -> {
                    run.database.commit(7);
                    run.database.confirmed = run.database.end();
                    run.database.commit(8);
                }));
        streamAgainAfterAPurge("slot-ahead");
        List<String> steps = run.steps.all();
        assertThat(steps.subList(0, steps.indexOf("withdraw"))).doesNotContain("publish");
    }

    @Test
    void aPublicationThatChangesHidesNothing() {
        run.store.write("item:7");
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            run.database.publication = "p2";
            run.database.commit(9);
        });
        streamAgainAfterAPurge("publication-changed");
    }

    /** It is looked at beside the stream, with every thirtieth marker. */
    @Test
    void whatTheSourceComesToLackIsNoticed() {
        run.store.write("item:7");
        run.thenPass(Duration.ofSeconds(1))
                .then(() -> run.database.mappingLacks.add(Shortcoming.administrators(
                        Topic.OTHER,
                        DatabaseCode.NO_COLUMN,
                        Place.of(Place.Kind.TABLE, "item"),
                        "there is no column id")));
        run.thenPass(Duration.ofSeconds(6));
        run.then(() -> Awaitility.await().until(() -> run.database.inspections() > 0));
        run.thenPass(Duration.ofMinutes(1));
        run.steps.at(Moment.BEFORE, "close stream", run.database.mappingLacks::clear);
        streamAgainAfterAPurge("source-mended");
    }

    /** As if an old copy of the data directory was restored, and its WAL had grown past the position since. */
    @Test
    void aPositionAtWhichTheWalHasNoCommitMeansPurge() {
        run.store.write("item:7");
        Position known = run.position().orElseThrow();
        run.database.commit(1);
        run.database.commit(2);
        var other = run.other();
        other.publish(
                new Position(
                        known.origin(),
                        known.contract(),
                        new Lsn(run.database.end().value() - 8),
                        known.committedAt(),
                        known.updatedAt()),
                other.masters(),
                null);
        streamAgainAfterAPurge("other-database");
    }

    @Test
    void positionAndSlotAdvanceOnAnIdleDatabase() {
        Lsn before = run.position().orElseThrow().lsn();
        run.thenPass(Duration.ofSeconds(10)).run();
        assertThat(run.steps.all()).filteredOn("marker"::equals).hasSizeBetween(45, 55);
        assertThat(run.position().orElseThrow().lsn()).isGreaterThan(before);
        assertThat(run.database.confirmed).isGreaterThan(before);
    }

    /** Its engine ends although nobody closed it. */
    @Test
    void aStreamThatEndsIsOpenedAgain() {
        run.store.write("item:8");
        run.thenPass(Duration.ofSeconds(1)).then(() -> run.database.streamEnds = true);
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("restarts")).isEqualTo(1);
    }
}
