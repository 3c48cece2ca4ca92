// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.context.Level;
import dev.freshet.lab.race.source.ConsistencyLevel;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.WalPositions;
import dev.freshet.lab.race.world.World;
import java.time.Duration;
import java.util.Locale;

/**
 * A read that a process is asked for.
 *
 * @param reader number of who reads; it waits for one answer at a time
 */
record ReadRequest(int reader, View view, RequestedConsistency level) {
    static final String WORD = "read";

    /** As a line, without its end. */
    String line() {
        return String.join(
                " ",
                WORD,
                Integer.toString(reader),
                text(level),
                view.kind().name().toLowerCase(Locale.ROOT),
                view.row().level().label(),
                view.row().id());
    }

    /** @param words of the line */
    static ReadRequest parse(String[] words, World world) {
        var kind = View.Kind.valueOf(words[3].toUpperCase(Locale.ROOT));
        var view = new View(kind, world.row(Level.of(words[4]), words[5]));
        return new ReadRequest(Integer.parseInt(words[1]), view, level(words[2]));
    }

    private static String text(RequestedConsistency level) {
        return switch (level.level()) {
            case BOUNDED -> level.level().label() + ":" + level.maxAge().toMillis();
            case SESSION -> level.level().label() + ":" + WalPositions.format(level.position());
            default -> level.level().label();
        };
    }

    private static RequestedConsistency level(String text) {
        var parts = text.split(":");
        return switch (ConsistencyLevel.of(parts[0])) {
            case EVENTUAL -> RequestedConsistency.EVENTUAL;
            case BOUNDED -> RequestedConsistency.bounded(Duration.ofMillis(Long.parseLong(parts[1])));
            case SESSION -> RequestedConsistency.session(WalPositions.parse(parts[1]));
            case STRONG -> RequestedConsistency.STRONG;
        };
    }
}
