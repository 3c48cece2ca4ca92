// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Level;

/** Deletes a context and everything below it. */
public record Delete(Level level, Target target, Precondition precondition) implements Command {
    @Override
    public void announce(Demand demand) {
        demand.existing(target, Lock.DELETE);
    }

    @Override
    public Outcome run(Workspace workspace) {
        var id = workspace.resolve(target, level);
        precondition.check(id, workspace.requireForDelete(id, target.field()));
        workspace.delete(id);
        return new Outcome(id, null, false);
    }
}
