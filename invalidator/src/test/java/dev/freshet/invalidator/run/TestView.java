// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.MemoryRelations;
import dev.freshet.invalidator.plan.Planner;
import dev.freshet.invalidator.plan.Relations;
import dev.freshet.invalidator.source.Shortcoming;
import dev.freshet.model.mapping.Mapping;
import java.sql.Connection;
import java.util.List;

/** For mappings whose keys need no rows but the changed ones. */
record TestView(Mapping mapping) implements DatabaseView {
    @Override
    public List<Shortcoming> shortcomings(Connection connection) {
        return List.of();
    }

    @Override
    public Relations relations(Connection connection) {
        return new MemoryRelations(mapping, new Planner(mapping));
    }
}
