// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.source.ReadFailedException;
import dev.freshet.lab.race.source.RequestedConsistency;
import dev.freshet.lab.race.source.StalenessBound;
import dev.freshet.lab.race.source.ViewLoader;
import dev.freshet.lab.race.source.ViewSource;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.ViewParser;
import dev.freshet.lab.race.world.World;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares every view that is still cached with the database, after everything has settled. */
public final class FinalComparison {
    private final World world;
    private final List<ViewSource> sources;
    private final ViewLoader loader;
    private final List<String> differences = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private int cached;

    FinalComparison(World world, List<ViewSource> sources, ViewLoader loader) {
        this.world = world;
        this.sources = List.copyOf(sources);
        this.loader = loader;
    }

    /** Reads every view through every cache, at the weakest level. */
    public FinalComparison run() throws SQLException, InterruptedException {
        // Entries that were evicted last may stay in the memory of a process for this long.
        Thread.sleep(StalenessBound.NEAR.toMillis());
        try {
            for (var row : world.rows()) {
                for (var kind : View.Kind.values()) {
                    if (kind != View.Kind.LIST || ViewPicker.isListed(row)) {
                        compare(new View(kind, row));
                    }
                }
                compareWithHistory(row);
            }
        } finally {
            sources.forEach(ViewSource::close);
            loader.close();
        }
        return this;
    }

    private void compare(View view) throws SQLException, InterruptedException {
        var expected = loader.load(view);
        var parser = new ViewParser(world);
        for (var source : sources) {
            try {
                var answer = source.read(view, RequestedConsistency.EVENTUAL);
                if (answer.isFromCache()) {
                    cached++;
                }
                if (!parser.observations(view, answer.json()).equals(parser.observations(view, expected.json()))) {
                    differences.add("%s (%s): cached %s, in the database %s"
                            .formatted(view, answer.status(), text(answer.json()), text(expected.json())));
                }
            } catch (ReadFailedException e) {
                unanswered.add("%s, when all was at rest: %s".formatted(view, e.getMessage()));
            }
        }
    }

    /** Checks that the database matches the histories; otherwise the histories cannot be used as the reference. */
    private void compareWithHistory(Row row) throws SQLException {
        var own = new ViewParser(world)
                .observations(
                        new View(View.Kind.OWN, row),
                        loader.load(new View(View.Kind.OWN, row)).json());
        var latest = row.history().latest();
        var expected = latest.present()
                ? own.get(0).version() == latest.write().version()
                : own.get(0).version() == 0;
        if (!expected) {
            differences.add("the database shows " + own + ", the history of " + row + " ends with " + latest);
        }
    }

    private static String text(byte[] json) {
        return json == null ? "nothing" : new String(json, StandardCharsets.UTF_8);
    }

    /** The differences; empty if there are none. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Reads that got no answer, and why. */
    public List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    /** The number of answers that came from the cache. */
    public int cached() {
        return cached;
    }
}
