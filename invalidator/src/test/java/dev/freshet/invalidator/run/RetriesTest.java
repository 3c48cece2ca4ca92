// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.source.SetupException;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.Steps.Moment;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the supervisor tries again, how long it waits, and when it ends for good. */
@Tag("memory")
class RetriesTest {
    private final MemoryRun run = new MemoryRun();

    private void fails(int times, String step, Runnable failure) {
        IntStream.range(0, times).forEach(i -> run.steps.at(Moment.BEFORE, step, failure));
    }

    private static void breaks() {
        throw MemoryRun.broken();
    }

    private static void isDenied() {
        throw new IllegalStateException("permission denied");
    }

    /** Each is half as long at least, by chance. */
    @Test
    void pausesDoubleUpToTenSeconds() {
        run.ranBefore();
        run.time.slept().clear();
        fails(8, "connect", RetriesTest::breaks);
        run.thenPass(Duration.ofMinutes(2)).run();
        long[] most = {200, 400, 800, 1600, 3200, 6400, 10_000, 10_000};
        List<Duration> slept = run.time.slept();
        assertThat(slept).hasSize(8);
        for (int i = 0; i < most.length; i++) {
            assertThat(slept.get(i)).isBetween(Duration.ofMillis(most[i] / 2), Duration.ofMillis(most[i]));
        }
        assertThat(run.count("restarts")).isEqualTo(8);
    }

    @Test
    void onceItHasStreamedThePausesAreShortAgain() {
        run.ranBefore();
        run.time.slept().clear();
        fails(5, "connect", RetriesTest::breaks);
        run.thenPass(Duration.ofMinutes(1)).then(() -> run.database.streamBreaks = MemoryRun.broken());
        run.thenPass(Duration.ofSeconds(1)).run();
        assertThat(run.time.slept()).hasSize(6);
        assertThat(run.time.slept().get(5)).isLessThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void theReasonIsShownUntilItStreamsAgain() {
        run.ranBefore();
        fails(1, "connect", RetriesTest::breaks);
        run.steps.at(
                Moment.BEFORE,
                "open stream",
                () -> run.states.add(run.invalidator.status().toString()));
        run.thenLook().thenPass(Duration.ofSeconds(1)).thenLook().run();
        assertThat(run.states).containsExactly("failed: broken", "failed: broken", "streaming");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "lock", "claim", "publication", "server", "open readers", "marker"})
    void aMissingRightAtTheFirstStartEndsIt(String step) {
        fails(1, step, RetriesTest::isDenied);
        run.run();
        assertThat(run.end()).isInstanceOf(SetupException.class).hasMessageContaining("permission denied");
        assertThat(run.state()).isEqualTo(State.BLOCKED);
        assertThat(run.time.slept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "lock", "publication", "open readers"})
    void aMissingRightIsWaitedForOnceItHasStreamed(String step) {
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            fails(5, step, RetriesTest::isDenied);
            run.database.streamBreaks = new IllegalStateException("permission denied");
            run.database.streamStarts = false;
        });
        run.thenLook()
                .thenLook()
                .thenLook()
                .thenLook()
                .thenPass(Duration.ofMinutes(1))
                .thenLook();
        run.run();
        assertThat(run.states.subList(0, 2))
                .containsExactly("streaming", "blocked: permission denied [FR246]\n    GRANT");
        assertThat(run.states.subList(1, 5)).as("while it lasts").hasSameElementsAs(List.of(run.states.get(1)));
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.end()).isNull();
    }

    @Test
    void whatOnlyAPersonCanMendIsToldAllAtOnceAndTheMappingIsAskedForOnce() {
        run.ranBefore();
        run.database.mappingLacks.add(Shortcoming.administrators(
                Topic.OTHER, DatabaseCode.NO_COLUMN, Place.of(Place.Kind.TABLE, "item"), "there is no column id"));
        run.database.sourceLacks.add(Shortcoming.ours(
                Topic.PUBLICATION,
                DatabaseCode.TABLE_NOT_PUBLISHED,
                Place.of(Place.Kind.PUBLICATION, "freshet"),
                "there is no publication",
                "CREATE"));
        run.run();
        assertThat(run.end())
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("no column id")
                .hasMessageContaining("no publication");
        assertThat(run.steps.all()).filteredOn("mapping fits?"::equals).hasSize(1);
        assertThat(run.steps.all()).doesNotContain("mend");
    }

    /** Whatever an administrator does afterwards, nothing else shows that changes are missing. */
    @Test
    void thePositionIsWithdrawnBeforeAnybodyIsTold() {
        run.ranBefore();
        run.database.sourceLacks.add(Shortcoming.administrators(
                Topic.SLOT,
                DatabaseCode.WRONG_SLOT,
                Place.of(Place.Kind.SLOT, "freshet"),
                "the slot is physical",
                "DROP"));
        run.run();
        assertThat(run.position()).isEmpty();
    }

    @Test
    void whatOnlyAPersonCanMendIsWaitedForOnceItHasStreamed() {
        run.store.write("item:7");
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            run.store.write("item:8");
            run.database.sourceLacks.add(Shortcoming.administrators(
                    Topic.SLOT,
                    DatabaseCode.WRONG_SLOT,
                    Place.of(Place.Kind.SLOT, "freshet"),
                    "the slot is physical",
                    "DROP"));
            run.database.streamBreaks = MemoryRun.broken();
        });
        run.thenLook().thenLook().then(run.database.sourceLacks::clear);
        run.thenPass(Duration.ofMinutes(1)).thenLook().run();
        assertThat(run.states)
                .contains("blocked: the slot is physical [FR262]\n    DROP")
                .last()
                .isEqualTo("streaming");
        assertThat(run.store.has("item:8")).isFalse();
        assertThat(run.count("purges")).isEqualTo(2);
    }

    @Test
    void anErrorOfTheMachineEndsItAtOnce() {
        run.ranBefore();
        fails(1, "open readers", () -> {
            throw new OutOfMemoryError("no memory");
        });
        run.run();
        assertThat(run.end()).isInstanceOf(OutOfMemoryError.class);
        assertThat(run.time.slept()).isEmpty();
    }

    @Test
    void whoIsStoppedWhileItWaitsStops() {
        fails(1, "connect", RetriesTest::breaks);
        run.run();
        assertThat(run.state()).isEqualTo(State.STOPPED);
        assertThat(run.end()).isNull();
    }

    /** The thread of its own, as in a process. */
    @Test
    void whoIsClosedEndsInItsOwnThread() {
        run.ranBefore();
        try (Invalidator closed = run.process()) {
            closed.start();
            closed.ended().join();
            assertThat(closed.status().state()).isEqualTo(State.STOPPED);
        }
    }
}
