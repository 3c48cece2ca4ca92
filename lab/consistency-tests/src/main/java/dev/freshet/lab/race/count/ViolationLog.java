// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.count;

import dev.freshet.lab.race.history.History;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.history.Reading;
import dev.freshet.lab.race.history.Verdict;
import dev.freshet.lab.race.history.Write;
import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.WalPositions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Records the first wrong answers of each protocol, with the history of the wrong row. Thread-safe. */
public final class ViolationLog {
    private static final int KEPT = 10;
    private static final int STATES = 12;

    private final Map<Protocol, List<String>> kept = new EnumMap<>(Protocol.class);

    public void record(
            Protocol protocol,
            RequestedConsistency requested,
            View view,
            Answer answer,
            Reading reading,
            Verdict verdict,
            String where) {
        synchronized (kept) {
            var some = kept.computeIfAbsent(protocol, ignored -> new ArrayList<>());
            if (some.size() >= KEPT) {
                return;
            }
            var value = answer.json() == null ? "nothing" : new String(answer.json(), StandardCharsets.UTF_8);
            var text = new StringBuilder()
                    .append("%s: %s, asked for at level %s (%s, %s)%n"
                            .formatted(verdict.violation().label(), view, requested, where, answer.status()))
                    .append("  read from %.3f s to %.3f s of the run, position of the answer %s%n"
                            .formatted(
                                    reading.started() / 1e9,
                                    reading.ended() / 1e9,
                                    WalPositions.format(answer.position())))
                    .append("  answered: %s%n".formatted(value))
                    .append("  wrong is: %s; %s%n".formatted(verdict.observation(), verdict.explanation()))
                    .append("  history of %s, newest last:%n"
                            .formatted(verdict.observation().row()));
            lines(verdict.observation().row().history(), reading)
                    .forEach(line -> text.append("    ").append(line).append(System.lineSeparator()));
            some.add(text.toString());
        }
    }

    /** Records any other violation, as text. */
    public void tell(Protocol protocol, String text) {
        synchronized (kept) {
            var some = kept.computeIfAbsent(protocol, ignored -> new ArrayList<>());
            if (some.size() < KEPT) {
                some.add(text);
            }
        }
    }

    private static List<String> lines(History history, Reading reading) {
        var lines = new ArrayList<String>();
        for (int i = history.size() - 1; i >= 0 && lines.size() < STATES; i--) {
            var write = history.get(i).write();
            if (write.started() <= reading.ended()) {
                lines.add("%s: begun %.3f s, %s".formatted(history.get(i), write.started() / 1e9, outcome(write)));
            }
        }
        Collections.reverse(lines);
        return lines;
    }

    private static String outcome(Write write) {
        return switch (write.outcome()) {
            case OPEN -> "on its way";
            case ROLLED_BACK -> "rolled back";
            case COMMITTED ->
                "acknowledged %.3f s, before %s"
                        .formatted(write.acknowledged() / 1e9, WalPositions.format(write.position()));
        };
    }

    /** The recorded violations of a protocol. */
    public List<String> of(Protocol protocol) {
        synchronized (kept) {
            return List.copyOf(kept.getOrDefault(protocol, List.of()));
        }
    }
}
