// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import dev.freshet.bench.history.Row;
import dev.freshet.bench.world.Change;
import dev.freshet.bench.world.View;
import dev.freshet.bench.world.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The views that a transaction makes stale, which a writer must know if it maintains a cache itself. */
final class Affected {
    private final World world;
    private final Set<View> views = new LinkedHashSet<>();

    Affected(World world) {
        this.world = world;
    }

    /**
     * Adds the views of these rows in their current state. To be called both before and after the transaction is added
     * to the histories.
     */
    void add(List<Change> changes) {
        for (var change : changes) {
            var row = change.row();
            views.add(new View(View.Kind.OWN, row));
            if (row.level().child().isPresent()) {
                views.add(new View(View.Kind.LIST, row));
            }
            var parent = row.history().latest().parent();
            if (parent != null) {
                views.add(new View(View.Kind.LIST, parent));
            }
            world.subtree(row).forEach(this::resolved);
        }
    }

    private void resolved(Row row) {
        views.add(new View(View.Kind.RESOLVED, row));
    }

    List<View> views() {
        return List.copyOf(views);
    }
}
