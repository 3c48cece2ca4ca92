// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.race.count.Via;
import dev.freshet.lab.race.fault.Faults;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.report.RaceSettings;
import dev.freshet.lab.race.source.ConsistencyLevel;
import dev.freshet.lab.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code freshet bench consistency}: a minute or two, with every fault. Another seed with
 * {@code -Dfreshet.bench.seed=N}.
 */
class ConsistencyRunTest {
    private static final long SEED = Long.getLong("freshet.bench.seed", 1);

    @Test
    void noAnswerIsWrongWhateverHappensAndTheOthersAreSeenToBeWrong() throws Exception {
        boolean sentinel = true;
        var settings = new RaceSettings(
                Duration.ofSeconds(20),
                SEED,
                12,
                2,
                2,
                40,
                40,
                4,
                16,
                sentinel,
                Faults.names(sentinel, true),
                200,
                EnumSet.complementOf(EnumSet.of(Protocol.PLAIN)),
                List.of(ConsistencyLevel.values()));
        var said = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(said, true, StandardCharsets.UTF_8), false);
        var outcome = new RaceLauncher(settings, screen, "mvn verify", null).run();
        var text = said.toString(StandardCharsets.UTF_8);
        System.out.println(text);
        assertThat(outcome.word()).as(text).isEqualTo("passed");
        assertThat(outcome.faults())
                .as(text)
                .allSatisfy((fault, times) -> assertThat(times).isPositive());
        assertThat(outcome.counters().checked(Protocol.FRESHET)).as(text).isPositive();
        assertThat(outcome.counters().checked(Via.FLEET)).as(text).isPositive();
        assertThat(outcome.stampede().loads()).as(text).containsOnly(1L);
    }
}
