// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Explores the consistency protocol exhaustively within the bounds of each scenario. Leaves {@code target/protocol}: how
 * many states each had, and for each mutant the shortest schedule that ends in a stale read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {
    private static final int MOST_STATES = 500_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path REPORT = Path.of("target", "protocol");

    private final List<String> summary = new ArrayList<>();

    @BeforeAll
    void makeFolder() throws IOException {
        Files.createDirectories(REPORT);
    }

    @AfterAll
    void report() throws IOException {
        Files.write(REPORT.resolve("states.txt"), summary);
    }

    @ParameterizedTest
    @EnumSource
    void noReadIsStaleIn(Scenario scenario) {
        var intact = explore(scenario.name(), scenario, Protocol.without());
        assertThat(intact.story()).isEmpty();
        assertThat(intact.outcomes()).contains("stored", "refused: fenced").containsAll(expectedIn(scenario));
    }

    @ParameterizedTest
    @EnumSource
    void aStaleReadIsFoundIn(Mutant mutant) throws IOException {
        var broken = explore(mutant.name(), mutant.scenario, mutant.protocol());
        assertThat(broken.foundViolation())
                .as("%s explored %d states", mutant, broken.states())
                .isTrue();
        var file = mutant.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
        Files.writeString(REPORT.resolve(file), mutant.protocol() + "\n\n" + broken.story());
    }

    @ParameterizedTest
    @EnumSource
    void anotherGuardCovers(Spare spare) {
        var covered = explore(spare.name(), spare.scenario, spare.protocol());
        assertThat(covered.story()).isEmpty();
    }

    @Test
    void everyGuardHasAMutantOrIsKnownToBeCovered() {
        var removed = EnumSet.noneOf(Guard.class);
        for (Mutant mutant : Mutant.values()) {
            removed.addAll(List.of(mutant.removed));
        }
        for (Spare spare : Spare.values()) {
            removed.add(Guard.valueOf(spare.name()));
        }
        assertThat(removed).containsExactlyInAnyOrder(Guard.values());
    }

    /** So that nobody takes a scenario for explored in which nothing happens. */
    private static Set<String> expectedIn(Scenario scenario) {
        var expected = new HashSet<String>();
        if (scenario.mishaps.has(Mishap.FENCE_SET_EVICTED) || scenario.mishaps.has(Mishap.FLUSH)) {
            expected.add("refused: another fence set");
        }
        if (scenario.mishaps.has(Mishap.HALF_A_LIFETIME)) {
            expected.add("refused: old token");
        }
        if (scenario.mishaps.has(Mishap.FILL_BREAKS_OFF)) {
            expected.add("breaks off halfway");
        }
        if (scenario.covered() != Row.ALL_ROWS) {
            expected.add("refused: a tag that nobody evicts");
        }
        if (scenario.mishaps.has(Mishap.SLOT_LOST)) {
            expected.add("no slot");
        }
        if (scenario.mishaps.has(Mishap.UNPUBLISHED)) {
            expected.add("publication lacks a table");
        }
        if (scenario.hasFailovers()) {
            expected.add("refused: another master");
        }
        return expected;
    }

    private Exploration explore(String name, Scenario scenario, Protocol protocol) {
        long start = THREADS.getCurrentThreadCpuTime();
        var found = Explorer.explore(new FreshetModel(scenario, protocol), MOST_STATES);
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        summary.add(String.format(
                Locale.ROOT,
                "%-34s %-18s %8d states %9d steps %3d deep %6d ms of CPU",
                name,
                found.foundViolation() ? "stale read found" : "no stale read",
                found.states(),
                found.steps(),
                found.depth(),
                millis));
        return found;
    }
}
