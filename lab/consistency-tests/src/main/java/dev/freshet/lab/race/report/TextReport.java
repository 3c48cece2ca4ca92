// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.report;

import dev.freshet.lab.race.count.ReadCounter;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.count.Via;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.reader.Reader;
import dev.freshet.lab.terminal.Screen;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints an outcome for people to read. */
public final class TextReport {
    private static final String ROW = "%-12s %-10s %-5s %12s %11s %11s %11s %9s";

    private TextReport() {}

    public static void print(RaceOutcome outcome, Screen screen) {
        screen.line("");
        screen.line(ROW.formatted("protocol", "level", "via", "reads", "violations", "older", "older > 1 s", "oldest"));
        for (var group : outcome.counters().groups()) {
            screen.line(row(group, outcome.counters().of(group)));
        }
        screen.line("");
        screen.line("violations: answers that break what their level promises. older: answers that miss a write"
                + " acknowledged before");
        screen.line("the read began, which eventual and bounded allow. Of the baselines a violation is an answer older"
                + " than what had");
        screen.line("been deleted before the read began; of ttl-only, one that misses a write acknowledged %d s before."
                .formatted(Reader.TTL_ONLY_AGE.toSeconds()));
        screen.line("");
        facts(outcome, screen);
        for (var protocol : Protocol.values()) {
            var told = outcome.counters().violationLog().of(protocol);
            int shown = protocol == Protocol.FRESHET ? told.size() : Math.min(1, told.size());
            told.subList(0, shown).forEach(text -> screen.line("\n" + protocol + ", " + text));
        }
        verdict(outcome, screen);
    }

    private static String row(ReadCounters.Group group, ReadCounter counter) {
        return ROW.formatted(
                group.protocol(),
                group.protocol() == Protocol.FRESHET ? group.level().label() : "",
                group.via() == Via.LIBRARY ? "" : group.via().label(),
                "%,d".formatted(counter.checked()),
                "%,d".formatted(counter.wrong()),
                "%,d".formatted(counter.older()),
                "%,d".formatted(counter.olderThanASecond()),
                "%.3f s".formatted(counter.oldest() / 1e9));
    }

    private static void facts(RaceOutcome outcome, Screen screen) {
        var statuses = AnswerCounts.of(outcome.counters());
        screen.line("answers: " + pairs(statuses));
        screen.line("judged without a position, as Redis was disturbed or had none yet: %,d"
                .formatted(outcome.counters().unjudged()));
        screen.line("over-evictions: %,d loads found the value that had been stored before"
                .formatted(outcome.counters().overEvictions()));
        if (outcome.writers() != null) {
            var counters = outcome.writers().counters();
            screen.line("writes: %,d committed (%s); %d answered late or never"
                    .formatted(counters.committed(), pairs(counters.byKind()), counters.unclear()));
        }
        screen.line("faults: " + (outcome.faults().isEmpty() ? "none" : pairs(outcome.faults())));
        if (outcome.drainSeconds() >= 0 && !outcome.interrupted()) {
            screen.line("at rest after %.1f s; %,d cached answers compared with the database"
                    .formatted(outcome.drainSeconds(), outcome.cached()));
        }
        if (outcome.stampede() != null) {
            screen.line("stampede: " + outcome.stampede());
        }
    }

    private static String pairs(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " %,d".formatted(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void verdict(RaceOutcome outcome, Screen screen) {
        screen.line("");
        outcome.broken().forEach(text -> screen.line("broken: " + text));
        if (!outcome.interrupted()) {
            shortcomings(outcome, screen);
        }
        screen.line("%s: %,d reads checked, %,d violations, seed %d"
                .formatted(
                        outcome.word(),
                        outcome.counters().checked(Protocol.FRESHET),
                        outcome.violations(),
                        outcome.settings().seed()));
    }

    private static void shortcomings(RaceOutcome outcome, Screen screen) {
        if (!outcome.missing().isEmpty()) {
            screen.line("did not occur: " + String.join(", ", outcome.missing()));
        }
        if (outcome.stampede() != null && !outcome.stampede().isOneLoad()) {
            screen.line("the stampede should have made one load each time, and given every reader the value");
        }
        for (var protocol : outcome.blindTo()) {
            screen.line("blind: " + protocol + " showed no violation, so this run proves nothing");
        }
    }
}
