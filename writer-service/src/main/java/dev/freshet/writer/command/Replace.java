// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Level;
import dev.freshet.context.Updated;

/** Sets all columns of a context. Creates a global context if it does not exist, but no other context. */
public record Replace(Level level, Target target, Attributes attributes, Precondition precondition) implements Command {
    @Override
    public void announce(Demand demand) {
        demand.existing(target, Lock.WRITE);
    }

    @Override
    public Outcome run(Workspace workspace) {
        var id = workspace.resolve(target, level);
        var before = workspace.find(id);
        if (before == null && level == Level.GLOBAL) {
            precondition.check(id, null);
            return new Outcome(id, workspace.record(id, attributes.created(level, null, workspace.now())), true);
        }
        before = workspace.require(id, target.field());
        precondition.check(id, before);
        var changes = before.changesTo(
                attributes.name(),
                attributes.description(),
                level.hasStatus() ? attributes.status() : null,
                attributes.document());
        return new Outcome(id, changes.isEmpty() ? before : workspace.record(id, new Updated(changes)), false);
    }
}
