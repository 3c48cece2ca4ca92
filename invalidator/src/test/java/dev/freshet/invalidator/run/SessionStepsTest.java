// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.run.Steps.Moment;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of a session's steps, and a failure before and after each of them, without a server. */
@Tag("memory")
class SessionStepsTest {
    private static final List<String> FIRST_START = List.of(
            "connect",
            "lock",
            "claim",
            "publication",
            "mapping fits?",
            "source ready?",
            "withdraw",
            "mend",
            "publication",
            "mapping fits?",
            "source ready?",
            "slot",
            "server",
            "withdraw",
            "older transactions",
            "withdraw",
            "purge",
            "publish",
            "begin reading",
            "commit locally",
            "open readers",
            "open stream",
            "marker",
            "slot");
    private static final List<String> NEXT_START = List.of(
            "connect",
            "lock",
            "claim",
            "publication",
            "mapping fits?",
            "source ready?",
            "slot",
            "server",
            "begin reading",
            "commit locally",
            "open readers",
            "open stream",
            "marker",
            "slot");

    private final MemoryRun run = new MemoryRun();

    @Test
    void theFirstStartMendsThenPurgesThenStreams() {
        run.store.write("item:7");
        run.thenPass(Duration.ofMillis(50)).run();
        assertThat(run.steps.all().subList(0, FIRST_START.size())).isEqualTo(FIRST_START);
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.purges("source-mended")).isEqualTo(1);
    }

    @Test
    void theNextStartGoesOnWhereTheSlotIsAndPurgesNothing() {
        run.ranBefore();
        run.store.write("item:7");
        run.store.write("item:8");
        run.database.commit(7);
        run.thenPass(Duration.ofMillis(50)).run();
        assertThat(run.steps.all().subList(0, NEXT_START.size())).isEqualTo(NEXT_START);
        assertThat(run.store.has("item:7")).isFalse();
        assertThat(run.store.has("item:8")).isTrue();
        assertThat(run.count("purges")).isEqualTo(1);
    }

    /** The slot is looked at once more before anything of a stream is published. */
    @Test
    void whatComesIsEvictedThenPublishedThenAcknowledged() {
        run.ranBefore();
        run.thenPass(Duration.ofSeconds(1)).then(() -> {
            run.steps.clear();
            run.store.write("item:7");
            run.database.commit(7);
        });
        run.run();
        assertThat(run.steps.all())
                .filteredOn(List.of("evict", "publish", "acknowledge")::contains)
                .startsWith("evict", "publish", "acknowledge");
    }

    @Test
    void aSessionEndsInTheOppositeOrder() {
        run.ranBefore().run();
        assertThat(run.steps.all()).endsWith("close stream", "disconnect", "end reading", "disconnect");
        assertThat(run.database.connections()).isZero();
        assertThat(run.state()).isEqualTo(State.STOPPED);
    }

    static Stream<Arguments> failures() {
        var all = new ArrayList<Arguments>();
        for (Moment moment : Moment.values()) {
            FIRST_START.stream().distinct().forEach(step -> all.add(Arguments.of(moment, step, true)));
            NEXT_START.stream().distinct().forEach(step -> all.add(Arguments.of(moment, step, false)));
            for (String step : List.of("evict", "publish", "acknowledge")) {
                all.add(Arguments.of(moment, step, false));
            }
        }
        return all.stream();
    }

    /** Wherever it breaks: it is tried again, nothing that is stale stays, and nothing is claimed that is not true. */
    @ParameterizedTest(name = "{0} \"{1}\", first start: {2}")
    @MethodSource("failures")
    void aFailureAtAnyStepIsRetriedAndLeavesNothingStale(Moment moment, String step, boolean first) {
        if (!first) {
            run.ranBefore();
        }
        run.store.write("item:7");
        run.database.commit(7);
        Lsn commit = run.database.end();
        run.steps.at(moment, step, () -> {
            // Whoever reads the position now may trust it.
            run.position()
                    .filter(position -> position.lsn().compareTo(commit) >= 0)
                    .ifPresent(position -> assertThat(run.store.has("item:7")).isFalse());
            assertThat(run.database.confirmed.isAfter(published()))
                    .as("acknowledged beyond what was published")
                    .isFalse();
            throw MemoryRun.broken();
        });
        run.thenPass(Duration.ofSeconds(1)).thenPass(Duration.ofSeconds(1)).thenPass(Duration.ofSeconds(1));
        run.thenLook().run();

        assertThat(run.steps.allHappened()).isTrue();
        assertThat(run.states).last().isEqualTo("streaming");
        assertThat(run.store.has("item:7")).as("what is stale").isFalse();
        assertThat(run.count("restarts")).isEqualTo(1);
        assertThat(run.position().orElseThrow().lsn()).isGreaterThanOrEqualTo(commit);
        assertThat(run.database.connections()).isZero();
    }

    private Lsn published() {
        return run.position().map(position -> position.lsn()).orElse(new Lsn(-1));
    }
}
