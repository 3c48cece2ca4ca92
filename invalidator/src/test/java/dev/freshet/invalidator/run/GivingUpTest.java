// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.invalidator.run.Steps.Moment;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes that cannot be read, at which processes die, or behind which the stream is silent. */
@Tag("memory")
class GivingUpTest {
    private final MemoryRun run = new MemoryRun().ranBefore();

    /** The stream breaks at once, again and again. */
    private void breaksAtOnce(int times) {
        for (int i = 0; i < times; i++) {
            run.steps.at(
                    Moment.AFTER,
                    "open stream",
                    () -> run.database.streamBreaks = new IllegalStateException("broken row"));
        }
    }

    /** Processes that begin to read and are killed. */
    private void lose(int processes) {
        for (int i = 0; i < processes; i++) {
            run.steps.at(Moment.BEFORE, "open stream", () -> {
                throw new OutOfMemoryError("as if it were killed");
            });
            run.run();
        }
    }

    private void goOn() {
        run.thenPass(Duration.ofMinutes(5)).thenLook().run();
    }

    @Test
    void theThirdTimeTheChangesAreGivenUpAndTheNamespaceIsPurged() {
        run.store.write("item:7");
        run.database.commit(7);
        Lsn from = run.position().orElseThrow().lsn();
        breaksAtOnce(3);
        goOn();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("unreadable")).isEqualTo(1);
        assertThat(run.purges("unreadable")).isEqualTo(1);
        var last = run.invalidator.unreadable().last().orElseThrow();
        assertThat(last.from()).isEqualTo(from);
        assertThat(last.why()).isEqualTo("broken row");
        assertThat(run.database.confirmed).isGreaterThanOrEqualTo(last.to());
    }

    @Test
    void twiceIsNotEnough() {
        run.store.write("item:8");
        breaksAtOnce(2);
        goOn();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("unreadable")).isZero();
    }

    @Test
    void anOutageIsNoSuchThing() {
        run.store.write("item:8");
        for (int i = 0; i < 10; i++) {
            run.steps.at(Moment.AFTER, "open stream", () -> run.database.streamBreaks = MemoryRun.broken());
        }
        goOn();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("unreadable")).isZero();
        assertThat(run.states).last().isEqualTo("streaming");
    }

    @Test
    void aStreamThatNeverBeganSaysNothingOfTheChanges() {
        run.store.write("item:8");
        run.database.streamStarts = false;
        breaksAtOnce(10);
        goOn();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("unreadable")).isZero();
    }

    @Test
    void whoeverWantsToBeCalledIsCalledAndNothingIsAcknowledged() {
        run.onUnreadable = OnUnreadable.STOP;
        run.database.commit(7);
        Lsn confirmed = run.database.confirmed;
        breaksAtOnce(3);
        goOn();
        assertThat(run.end()).isInstanceOf(UnreadableException.class).hasMessageContaining("broken row");
        assertThat(run.database.confirmed).isEqualTo(confirmed);
        assertThat(run.steps.all()).doesNotContain("withdraw", "purge", "move slot");
    }

    /** Once the slot is moved, only the lacking position shows that changes are missing. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void aFailureAtTheMoveOfTheSlotDoesNotHideThem(Moment moment) {
        run.store.write("item:7");
        run.database.commit(7);
        breaksAtOnce(3);
        run.steps.at(moment, "move slot", () -> {
            assertThat(run.position()).isEmpty();
            throw new OutOfMemoryError("as if it were killed");
        });
        goOn();
        assertThat(run.end()).isInstanceOf(OutOfMemoryError.class);
        goOn();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.states).last().isEqualTo("streaming");
    }

    /** It may have been read long before this instance takes over again. */
    @Test
    void whatAnotherInstanceHasReadIsNotGivenUp() {
        run.store.write("item:8");
        run.thenPass(Duration.ofMinutes(1));
        run.invalidator = run.process();
        run.invalidator.unreadable().failed(UnreadableException.killing(new Lsn(1), 3));
        run.invalidator.run();
        assertThat(run.steps.all()).doesNotContain("move slot", "purge");
    }

    /** Then the changes are hardly the cause: twice as many attempts are made, and it is said that a person must look. */
    @Test
    void whereNothingIsReadAfterThatItIsBlocked() {
        breaksAtOnce(3 + 6);
        for (int i = 0; i < 9; i++) {
            run.thenLook();
        }
        run.thenPass(Duration.ofMinutes(1)).run();
        assertThat(run.states.subList(0, 3)).allMatch(state -> state.startsWith("failed: the change after"));
        assertThat(run.states.subList(3, 9)).allMatch(state -> state.startsWith("blocked: the change after"));
        assertThat(run.count("unreadable")).isEqualTo(2);
    }

    @Test
    void theThirdProcessThatIsLostAtOnePlaceIsTheLast() {
        run.store.write("item:7");
        run.database.commit(7);
        lose(3);
        assertThat(run.store.has("item:7")).isTrue();
        goOn();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("unreadable")).isEqualTo(1);
        assertThat(run.invalidator.unreadable().last().orElseThrow().why())
                .contains("3 processes vanished", "out of memory");
    }

    @Test
    void twoLostProcessesAreNotEnough() {
        run.store.write("item:8");
        lose(2);
        goOn();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("unreadable")).isZero();
    }

    @Test
    void whereNobodyGetsAnywhereAfterThatTwiceAsManyMustBeLost() {
        lose(3);
        run.steps.at(Moment.BEFORE, "marker", () -> {
            throw new OutOfMemoryError("as if it were killed");
        });
        run.thenPass(Duration.ofMinutes(1)).run();
        assertThat(run.count("unreadable")).isEqualTo(1);
        lose(4);
        run.store.write("item:8");
        goOn();
        assertThat(run.store.has("item:8")).as("five were lost").isTrue();
        assertThat(run.count("unreadable")).isEqualTo(1);
    }

    @Test
    void whoeverWantsToBeCalledIsCalledForLostProcessesTooAndTheNextStartTriesAgain() {
        run.onUnreadable = OnUnreadable.STOP;
        run.store.write("item:8");
        lose(3);
        goOn();
        assertThat(run.end()).isInstanceOf(UnreadableException.class).hasMessageContaining("3 processes vanished");
        goOn();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:8")).isTrue();
    }

    @Test
    void whoeverWasCalledAndGoesOnBehindItDoesSoAtOnce() {
        run.onUnreadable = OnUnreadable.STOP;
        run.store.write("item:8");
        lose(3);
        goOn();
        run.onUnreadable = OnUnreadable.PURGE;
        goOn();
        assertThat(run.store.has("item:8")).isFalse();
        assertThat(run.count("unreadable")).isEqualTo(1);
    }

    /** Each of them fails or is stopped, and takes its note back. */
    @Test
    void whoFailsOrIsStoppedIsNotLost() {
        run.store.write("item:8");
        for (int i = 0; i < 5; i++) {
            run.run();
        }
        for (int i = 0; i < 5; i++) {
            run.steps.at(Moment.BEFORE, "open stream", () -> {
                throw MemoryRun.broken();
            });
            run.run();
        }
        goOn();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("unreadable")).isZero();
    }

    /** They start at another place each time. */
    @Test
    void processesThatDieWhileTheyGetOnAreNoLosses() {
        run.store.write("item:8");
        for (int i = 0; i < 5; i++) {
            run.thenPass(Duration.ofSeconds(1)).then(() -> {
                throw new OutOfMemoryError("as if it were killed");
            });
            run.run();
        }
        goOn();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("unreadable")).isZero();
    }

    @Test
    void aStreamThatGoesSilentIsOpenedAgainAndGivenMoreTimeEachTime() {
        run.store.write("item:7");
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            run.database.silent = true;
            run.database.commit(7);
            run.steps.at(
                    Moment.BEFORE,
                    "connect",
                    () -> run.states.add(run.invalidator.status().toString()));
        });
        run.thenPass(Duration.ofSeconds(12))
                .thenLook()
                .thenPass(Duration.ofSeconds(130))
                .then(() -> {
                    run.database.silent = false;
                });
        run.thenPass(Duration.ofSeconds(5)).thenLook().run();
        assertThat(run.states)
                .contains("failed: the stream is silent: no marker came back within 10000 ms; the next one is given"
                        + " 120 s")
                .anyMatch(state -> state.startsWith("catching-up: waits up to 120 s for the first marker"))
                .last()
                .isEqualTo("streaming");
        assertThat(run.meters.get("freshet.invalidator.stalls").counter().count())
                .isEqualTo(2);
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("unreadable")).isZero();
    }

    /** Decoding a large transaction takes long, and the server is seen at work. */
    @Test
    void aServerAtWorkIsWaitedFor() {
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            run.database.silent = true;
            run.database.working = true;
            run.database.standsStill = true;
        });
        run.thenPass(Duration.ofMinutes(10)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.meters.get("freshet.invalidator.stalls").counter().count())
                .isZero();
    }

    @Test
    void aStreamThatIsSilentForHoursIsGivenUp() {
        run.store.write("item:7");
        run.database.commit(7);
        run.database.silent = true;
        run.steps.at(Moment.AFTER, "move slot", () -> run.database.silent = false);
        run.thenPass(Duration.ofMinutes(130)).thenLook().run();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.invalidator.unreadable().last().orElseThrow().why())
                .isEqualTo("the stream was silent for 60 minutes, repeatedly");
        assertThat(run.count("unreadable")).isEqualTo(1);
    }
}
