// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.FreshetCache;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.source.LibrarySource;
import dev.freshet.lab.race.source.StalenessBound;
import dev.freshet.lab.race.source.ViewLoader;
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
    private final List<FreshetCache> caches;
    private final ViewLoader loader;
    private final List<String> differences = new ArrayList<>();
    private int cached;

    FinalComparison(World world, List<FreshetCache> caches, ViewLoader loader) {
        this.world = world;
        this.caches = caches;
        this.loader = loader;
    }

    /** Reads every view through every cache, at the weakest level. */
    public FinalComparison run() throws SQLException, InterruptedException {
        // Entries that were evicted last may stay in the memory of a process for this long.
        Thread.sleep(StalenessBound.NEAR.toMillis());
        try (loader) {
            for (var row : world.rows()) {
                for (var kind : View.Kind.values()) {
                    if (kind != View.Kind.LIST || ViewPicker.isListed(row)) {
                        compare(new View(kind, row));
                    }
                }
                compareWithHistory(row);
            }
        }
        return this;
    }

    private void compare(View view) throws SQLException, InterruptedException {
        var expected = loader.load(view);
        var parser = new ViewParser(world);
        for (var cache : caches) {
            var result = cache.get(LibrarySource.key(view), () -> LibrarySource.loaded(loader.load(view)));
            if (result.status() == CacheStatus.HIT || result.status() == CacheStatus.NEAR) {
                cached++;
            }
            var shown = parser.observations(view, result.value().orElse(null));
            if (!shown.equals(parser.observations(view, expected.json()))) {
                differences.add("%s (%s): cached %s, in the database %s"
                        .formatted(view, result.status(), text(result.value().orElse(null)), text(expected.json())));
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

    /** The number of answers that came from the cache. */
    public int cached() {
        return cached;
    }
}
