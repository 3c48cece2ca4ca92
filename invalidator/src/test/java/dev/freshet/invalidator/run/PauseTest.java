// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.cache.Position;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.meaning.Meaning;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator pauses an invalidator, in memory. */
@Tag("memory")
class PauseTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MemoryRun run = new MemoryRun();
    private final List<Optional<Position>> positions = new ArrayList<>();
    private final List<State> states = new ArrayList<>();

    private void look() {
        positions.add(run.position());
        states.add(run.state());
    }

    @Test
    void nothingIsPublishedMeanwhileAndAllOfItAfterwards() {
        run.ranBefore();
        run.thenPass(Duration.ofSeconds(2))
                .then(() -> run.invalidator.pause().begin(Duration.ofHours(1)))
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.database.commit(7))
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.invalidator.pause().end())
                .thenPass(Duration.ofSeconds(5))
                .then(this::look);
        run.run();
        assertThat(states).containsExactly(State.PAUSED, State.PAUSED, State.STREAMING);
        assertThat(positions.get(0)).isPresent().isEqualTo(positions.get(1));
        assertThat(positions.get(2).orElseThrow().lsn())
                .isGreaterThan(positions.get(0).orElseThrow().lsn());
        assertThat(positions.get(2).orElseThrow().origin())
                .isEqualTo(positions.get(0).orElseThrow().origin());
        assertThat(run.count("transactions")).isPositive();
    }

    /** The former one could find something lacking, and purge for it. */
    @Test
    void aMappingThatIsReloadedMeanwhileIsTheOneThatStarts() {
        var other = MappingParser.parse(
                "other.yaml",
                new StringReader(MemoryRun.MAPPING.replace("\"item:{id}\"", "\"item:{id}\", \"new:{id}\"")));
        run.ranBefore();
        run.thenPass(Duration.ofSeconds(2))
                .then(() -> run.invalidator.pause().begin(Duration.ofHours(1)))
                .thenPass(MINUTE)
                .then(() -> run.invalidator.reload(other))
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> {
                    run.steps.clear();
                    run.invalidator.pause().end();
                })
                .thenPass(Duration.ofSeconds(5))
                .then(this::look);
        run.run();
        assertThat(states).containsExactly(State.PAUSED, State.STREAMING);
        assertThat(run.steps.all().stream().filter("claim"::equals))
                .as("starts")
                .hasSize(1);
        assertThat(positions.get(1).orElseThrow().contract().mapping())
                .isEqualTo(Meaning.of(other).hash());
    }

    @Test
    void itEndsByItself() {
        run.ranBefore();
        run.thenPass(Duration.ofSeconds(2))
                .then(() -> run.invalidator.pause().begin(MINUTE))
                .thenPass(MINUTE.dividedBy(2))
                .then(this::look)
                .thenPass(MINUTE)
                .then(this::look);
        run.run();
        assertThat(states).containsExactly(State.PAUSED, State.STREAMING);
    }

    /** A start that has to purge would publish a position. */
    @Test
    void aProcessThatIsToldBeforeItHasTheSlotBeginsWithThePause() throws Exception {
        run.ranBefore();
        run.other().withdraw();
        run.invalidator = run.process();
        run.invalidator.pause().begin(Duration.ofHours(1));
        run.thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.invalidator.pause().end())
                .thenPass(Duration.ofSeconds(5))
                .then(this::look);
        run.invalidator.run();
        assertThat(states).containsExactly(State.PAUSED, State.STREAMING);
        assertThat(positions.get(0)).isEmpty();
        assertThat(positions.get(1)).isPresent();
    }

    @Test
    void aStartThatWaitsForTheSlotPausesAtOnce() {
        run.ranBefore();
        run.database.streamedBy = "process 99 of PostgreSQL";
        run.thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.invalidator.pause().begin(Duration.ofHours(1)))
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.database.streamedBy = null)
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.invalidator.pause().end())
                .thenPass(Duration.ofSeconds(5))
                .then(this::look);
        run.run();
        assertThat(states).containsExactly(State.SLOT_IN_USE, State.PAUSED, State.PAUSED, State.STREAMING);
        assertThat(run.steps.all().stream().filter("connect"::equals))
                .as("sessions: the lock is kept")
                .hasSize(1);
    }

    @Test
    void aStartThatWaitsForOlderTransactionsPausesAtOnceAndPurgesAfterwards() {
        run.ranBefore();
        run.other().withdraw();
        run.database.olderTransactions = true;
        run.thenPass(MINUTE)
                .then(() -> run.invalidator.pause().begin(Duration.ofHours(1)))
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.database.olderTransactions = false)
                .thenPass(MINUTE)
                .then(this::look)
                .then(() -> run.invalidator.pause().end())
                .thenPass(Duration.ofSeconds(5))
                .then(this::look);
        run.run();
        assertThat(states).containsExactly(State.PAUSED, State.PAUSED, State.STREAMING);
        assertThat(positions.get(1))
                .as("nothing was purged or published meanwhile")
                .isEmpty();
        assertThat(positions.get(2)).isPresent();
        assertThat(run.count("purges")).as("with that of the first start").isEqualTo(2);
    }

    /** The slot is made when all transactions that write have ended. */
    @Test
    void aPauseThatIsWantedWhileSomethingIsMendedComesBeforeThePurge() {
        run.store.write("item:7");
        run.steps.at(Steps.Moment.AFTER, "mend", () -> run.invalidator.pause().begin(Duration.ofHours(1)));
        run.thenPass(MINUTE)
                .then(this::look)
                .then(() -> assertThat(run.store.has("item:7")).isTrue())
                .then(() -> run.invalidator.pause().end())
                .thenPass(Duration.ofSeconds(5))
                .then(this::look);
        run.run();
        assertThat(states).containsExactly(State.PAUSED, State.STREAMING);
        assertThat(positions.get(0)).isEmpty();
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.count("purges")).isEqualTo(1);
    }

    @Test
    void anInterruptEndsAPausedProcess() {
        run.ranBefore();
        run.thenPass(Duration.ofSeconds(2)).then(() -> run.invalidator.pause().begin(Duration.ofHours(1)));
        run.run();
        assertThat(run.state()).isEqualTo(State.STOPPED);
        assertThat(run.end()).isNull();
    }
}
