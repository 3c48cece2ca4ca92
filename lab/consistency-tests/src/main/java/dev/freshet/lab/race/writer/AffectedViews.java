// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.writer;

import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.world.Change;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The views that a transaction makes stale, which a writer must know if it maintains a cache itself. */
final class AffectedViews {
    private final World world;
    private final Set<View> views = new LinkedHashSet<>();

    AffectedViews(World world) {
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
