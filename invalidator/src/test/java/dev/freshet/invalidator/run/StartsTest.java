// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.Steps.Moment;
import dev.freshet.invalidator.run.start.InstanceLabel;
import dev.freshet.invalidator.run.start.RefusedException;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.Meaning;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start decides: to stand by, to refuse, to mend, to wait, to evict what differs, or to purge. */
@Tag("memory")
class StartsTest {
    private static final String OTHER_KEYS = MemoryRun.MAPPING.replace("item:{id}", "thing:{id}");

    private final MemoryRun run = new MemoryRun();

    private static String label(String mapping) {
        var parsed = MappingParser.parse("m.yaml", new StringReader(mapping));
        return "freshet " + InstanceLabel.of(Meaning.of(parsed)).purpose();
    }

    @Test
    void aStandbyRehearsesOnceAndTakesOverWithoutAPurge() {
        run.ranBefore();
        run.store.write("item:8");
        run.database.lockedBy = label(MemoryRun.MAPPING);
        run.thenLook().thenPass(Duration.ofSeconds(30)).thenLook().then(() -> run.database.lockedBy = null);
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states)
                .containsExactly(
                        "standby: another instance works on slot slot",
                        "standby: another instance works on slot slot",
                        "standby: another instance works on slot slot",
                        "streaming");
        assertThat(run.steps.all()).filteredOn("rehearse"::equals).hasSize(1);
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("purges")).isEqualTo(1);
    }

    /** It claims nothing, mends nothing and withdraws nothing before it has the lock. */
    @Test
    void aStandbyChangesNothing() {
        run.ranBefore();
        run.database.lockedBy = label(MemoryRun.MAPPING);
        run.database.sourceLacks.add(Shortcoming.ours(
                Topic.PUBLICATION,
                DatabaseCode.TABLE_NOT_PUBLISHED,
                Place.of(Place.Kind.PUBLICATION, "freshet"),
                "a table is missing",
                "ALTER"));
        run.thenPass(Duration.ofSeconds(30)).run();
        assertThat(run.steps.all()).doesNotContain("claim", "mend", "withdraw", "purge", "publish", "begin reading");
        assertThat(run.state()).isEqualTo(State.STOPPED);
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void aStandbyWithAnotherMappingIsRefusedUnlessItIsToTakeOver(boolean takeOver, boolean refused) {
        run.ranBefore();
        run.database.lockedBy = label(OTHER_KEYS);
        run.takeOver = takeOver;
        run.thenPass(Duration.ofSeconds(5)).run();
        if (refused) {
            assertThat(run.end()).isInstanceOf(RefusedException.class).hasMessageContaining("the mapping differs");
            assertThat(run.state()).isEqualTo(State.REFUSED);
            assertThat(run.steps.all()).doesNotContain("claim", "withdraw");
        } else {
            assertThat(run.end()).isNull();
        }
    }

    /** The mapping of the one that works may change while this one stands by. */
    @Test
    void theLabelIsLookedAtAgain() {
        run.ranBefore();
        run.database.lockedBy = label(MemoryRun.MAPPING);
        run.thenLook().then(() -> run.database.lockedBy = label(OTHER_KEYS)).thenPass(Duration.ofSeconds(5));
        run.run();
        assertThat(run.end()).isInstanceOf(RefusedException.class);
    }

    @Test
    void anotherNamespaceOnTheSlotIsRefusedEvenIfItIsToTakeOver() {
        run.database.lockedBy = label(MemoryRun.MAPPING.replace("namespace: app", "namespace: web"));
        run.takeOver = true;
        run.run();
        assertThat(run.end()).isInstanceOf(RefusedException.class).hasMessageContaining("namespace web");
    }

    /** Before anything is mended, withdrawn or purged. */
    @Test
    void theNamespaceOfAnotherIsRefusedAndNothingIsTouched() {
        run.ranBefore();
        run.store.write("item:7");
        run.database.systemIdentifier = "8";
        run.database.hasSlot = false;
        run.thenPass(Duration.ofSeconds(10)).run();
        assertThat(run.end())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("belongs to slot slot of database app (system identifier 7)")
                .hasMessageContaining("published nothing for 3 s")
                .hasMessageContaining("--take-over");
        assertThat(run.steps.all()).containsExactly("connect", "lock", "disconnect");
        assertThat(run.position()).isPresent();
        assertThat(run.store.has("item:7")).isTrue();
        assertThat(run.state()).isEqualTo(State.REFUSED);
    }

    @Test
    void aWithdrawnPositionIsStillSomebodys() {
        run.ranBefore();
        run.other().withdraw();
        run.database.systemIdentifier = "8";
        run.thenPass(Duration.ofSeconds(10)).run();
        assertThat(run.end()).isInstanceOf(RefusedException.class);
    }

    /** An owner is a slot of a database of a cluster. A promotion and a new publication keep it. */
    @ParameterizedTest
    @CsvSource({"system, true", "database, true", "slot, true", "timeline, false", "publication, false"})
    void anOwnerIsASlotOfADatabaseOfACluster(String what, boolean refused) {
        run.ranBefore();
        switch (what) {
            case "system" -> run.database.systemIdentifier = "8";
            case "database" -> run.database.name = "gone";
            case "slot" -> run.database.slot = "renamed";
            case "timeline" -> run.database.timeline = 9;
            default -> run.database.publication = "x";
        }
        run.thenPass(Duration.ofSeconds(10)).thenLook().run();
        if (refused) {
            assertThat(run.end()).isInstanceOf(RefusedException.class).hasMessageContaining("--take-over");
        } else {
            assertThat(run.states).last().isEqualTo("streaming");
        }
    }

    /** It could not start, so the namespace has no owner. */
    @Test
    void whoNeverPublishedOwnsNothing() {
        run.database.systemIdentifier = "8";
        run.database.mappingLacks.add(Shortcoming.administrators(
                Topic.OTHER, DatabaseCode.NO_COLUMN, Place.of(Place.Kind.TABLE, "item"), "there is no table item"));
        run.run();
        assertThat(run.end()).isNotNull();
        run.database.systemIdentifier = "7";
        run.database.mappingLacks.clear();
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
    }

    @Test
    void whoTakesOverPurges() {
        run.ranBefore();
        run.store.write("item:7");
        run.database.systemIdentifier = "8";
        run.takeOver = true;
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:7")).isFalse();
    }

    /** Another one has taken over from it since. */
    @Test
    void whoTookOverDoesNotTakeBack() {
        run.ranBefore();
        run.database.systemIdentifier = "8";
        run.takeOver = true;
        run.thenPass(Duration.ofSeconds(1)).then(() -> run.database.systemIdentifier = "9");
        // It works on another database now: then the owner of the namespace is another for it.
        run.then(() -> run.database.streamBreaks = MemoryRun.broken())
                .thenPass(Duration.ofSeconds(10))
                .run();
        assertThat(run.end()).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aCrashAtMendingDoesNotHideTheGap(Moment moment) {
        run.ranBefore();
        run.store.write("item:7");
        run.database.sourceLacks.add(Shortcoming.ours(
                Topic.PUBLICATION,
                DatabaseCode.TABLE_NOT_PUBLISHED,
                Place.of(Place.Kind.PUBLICATION, "freshet"),
                "a table is missing",
                "ALTER"));
        run.steps.at(moment, "mend", () -> {
            assertThat(run.position()).isEmpty();
            throw new OutOfMemoryError("as if it were killed");
        });
        run.run();
        run.thenPass(Duration.ofSeconds(1)).run();
        assertThat(run.store.has("item:7")).isFalse();
    }

    /** What it wrote before the gap was mended is not streamed, and could be filled by a reader after a purge. */
    @Test
    void aPurgeWaitsForOlderTransactionsWithThePositionWithdrawn() {
        run.ranBefore();
        run.store.write("item:7");
        run.database.timeline = 9;
        run.database.olderTransactions = true;
        run.thenLook().then(() -> {
            assertThat(run.position()).isEmpty();
            assertThat(run.store.has("item:7")).isTrue();
            run.database.olderTransactions = false;
        });
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states.get(0)).startsWith("starting: waits for transactions older than");
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:7")).isFalse();
    }

    @Test
    void whatIsCachedWhileTheSlotIsMadeIsPurgedToo() {
        run.steps.at(Moment.AFTER, "mend", () -> run.store.write("item:7"));
        run.thenPass(Duration.ofSeconds(1)).run();
        assertThat(run.store.has("item:7")).isFalse();
    }

    /** Such as one of pg_repack, or another tool's. It is not ended. */
    @Test
    void aForeignConsumerIsNamedAndWaitedFor() {
        run.ranBefore();
        run.database.streamedBy = "process 99, role tool";
        run.thenPass(Duration.ofSeconds(5)).thenLook().then(() -> run.database.streamedBy = null);
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states.get(0))
                .startsWith("slot-in-use: slot slot is in use by process 99, role tool")
                .contains("Freshet does not end it");
        assertThat(run.states).last().isEqualTo("streaming");
    }

    @Test
    void aStreamThatIsLeftOverIsEndedAfterASecond() {
        run.ranBefore();
        run.database.streamedBy = "freshet";
        run.database.leftOver = true;
        run.time.slept().clear();
        run.thenPass(Duration.ofSeconds(2)).thenLook().run();
        assertThat(run.time.slept()).hasSize(10);
        assertThat(run.steps.all()).contains("end stream");
        assertThat(run.states).last().isEqualTo("streaming");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publication", "slot ahead", "emptied", "restarted"})
    void aGapMeansPurge(String what) {
        run.ranBefore();
        run.store.write("item:8");
        switch (what) {
            case "publication" -> run.database.publication = "p2";
            case "slot ahead" -> {
                run.database.commit(1);
                run.database.confirmed = run.database.end();
            }
            case "emptied" -> run.other().withdraw();
            default -> run.store.becomeAnotherMaster();
        }
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:8")).isFalse();
        assertThat(run.count("purges")).isEqualTo(2);
    }

    /** By then the position is withdrawn, so that the next look finds no more than that there is none. */
    @ParameterizedTest
    @CsvSource({
        "publication, older transactions, publication-changed",
        "publication, purge, publication-changed",
        "publication, publish, publication-changed",
        "timeline, older transactions, other-database",
        "slot, purge, slot-ahead",
        "master, purge, other-master",
        "lacks, mend, source-mended"
    })
    void aPurgeThatBreaksOffKeepsItsReason(String what, String step, String reason) {
        run.ranBefore();
        switch (what) {
            case "publication" -> run.database.publication = "p2";
            case "timeline" -> run.database.timeline = 9;
            case "slot" -> {
                run.database.commit(1);
                run.database.confirmed = run.database.end();
            }
            case "master" -> run.store.becomeAnotherMaster();
            default ->
                run.database.sourceLacks.add(Shortcoming.ours(
                        Topic.PUBLICATION,
                        DatabaseCode.TABLE_NOT_PUBLISHED,
                        Place.of(Place.Kind.PUBLICATION, "freshet"),
                        "a table is missing",
                        "ALTER"));
        }
        double before = run.purges(reason);
        run.steps.at(Moment.BEFORE, step, () -> {
            // Somebody else mends what was lacking.
            run.database.sourceLacks.clear();
            throw MemoryRun.broken();
        });
        run.thenPass(Duration.ofSeconds(2)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.steps.allHappened()).isTrue();
        assertThat(run.purges(reason)).isGreaterThan(before);
        assertThat(run.purges("no-position")).isZero();
    }

    @Test
    void aReasonThatWasPurgedForIsNotToldAgain() {
        run.ranBefore();
        run.database.publication = "p2";
        run.thenPass(Duration.ofSeconds(1)).then(() -> run.other().withdraw());
        run.thenPass(Duration.ofSeconds(5)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.purges("publication-changed")).isEqualTo(1);
        assertThat(run.purges("no-position")).isEqualTo(1);
    }

    @Test
    void aPurgeThatEndsOnAnotherMasterBeginsAgain() {
        run.steps.at(Moment.AFTER, "purge", () -> {
            run.store.becomeAnotherMaster();
            run.store.write("item:7");
        });
        run.thenPass(Duration.ofSeconds(1)).run();
        assertThat(run.steps.all()).filteredOn("purge"::equals).hasSize(2);
        assertThat(run.store.has("item:7")).isFalse();
    }

    /** A change behind the look that found nothing lacking would not be noticed otherwise. */
    @Test
    void aPublicationThatChangesBehindTheLookIsNoticed() {
        run.steps.at(
                Moment.AFTER,
                "mend",
                () -> run.steps.at(Moment.AFTER, "source ready?", () -> run.database.publication = "p2"));
        run.steps.at(Moment.AFTER, "open readers", () -> run.store.write("item:7"));
        run.thenPass(Duration.ofSeconds(2)).thenLook().run();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("purges")).isEqualTo(2);
        assertThat(run.states).last().isEqualTo("streaming");
    }

    @Test
    void aChangedMappingEvictsWhatDiffersAndNothingElse() {
        run.ranBefore();
        run.store.write("item:7");
        run.store.write("other:7");
        run.mapping = OTHER_KEYS;
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.store.has("other:7")).isTrue();
        assertThat(run.count("purges")).isEqualTo(1);
        assertThat(run.steps.all().indexOf("evict")).isLessThan(run.steps.all().indexOf("publish"));
        assertThat(run.invalidator.progress().remapping().differences()).isNotEmpty();
        run.steps.clear();
        run.thenPass(Duration.ofMillis(50)).run();
        assertThat(run.steps.all()).doesNotContain("purge").startsWith("connect");
        assertThat(run.invalidator.progress().remapping()).isNull();
    }

    @Test
    void anotherSpellingOfTheMappingEvictsNothing() {
        run.ranBefore();
        run.store.write("item:7");
        run.mapping = "# The same\n" + MemoryRun.MAPPING.replace("table: item", "table: public.item");
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.store.has("item:7")).isTrue();
        assertThat(run.invalidator.progress().remapping()).isNull();
    }

    /** It stands by, and evicts what differs when it takes over. */
    @Test
    void aStandbyWithAnotherMappingEvictsWhatDiffersWhenItTakesOver() {
        run.ranBefore();
        run.store.write("item:7");
        run.database.lockedBy = label(MemoryRun.MAPPING);
        run.takeOver = true;
        run.mapping = OTHER_KEYS;
        run.thenPass(Duration.ofSeconds(5)).then(() -> {
            assertThat(run.store.has("item:7")).isTrue();
            run.database.lockedBy = null;
        });
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("purges")).as("no purge").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"AFTER, evict", "BEFORE, publish", "AFTER, publish"})
    void whatBreaksOffWhileWhatDiffersIsEvictedIsDoneAgain(Moment moment, String step) {
        run.ranBefore();
        run.store.write("item:7");
        run.mapping = OTHER_KEYS;
        run.steps.at(moment, step, () -> {
            throw new OutOfMemoryError("as if it were killed");
        });
        run.run();
        run.thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("purges")).isEqualTo(1);
    }
}
