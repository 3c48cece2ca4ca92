// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Changes;
import dev.freshet.context.Level;
import dev.freshet.context.Moved;

/** Gives a branch or task another parent. */
public record Move(Level level, Target target, Target parent, Precondition precondition) implements Command {
    @Override
    public void announce(Demand demand) {
        demand.existing(target, Lock.WRITE);
        demand.existing(parent, Lock.PARENT);
    }

    @Override
    public Outcome run(Workspace workspace) {
        var id = workspace.resolve(target, level);
        var before = workspace.require(id, target.field());
        precondition.check(id, before);
        var above = workspace.resolve(parent, level.parent().orElseThrow());
        workspace.require(above, parent.field());
        if (above.equals(before.parent())) {
            return new Outcome(id, before, false);
        }
        var moved = new Moved(before.parent().number(), above.number(), Changes.NONE);
        return new Outcome(id, workspace.record(id, moved), false);
    }
}
