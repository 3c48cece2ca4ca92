// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.ContextId;
import dev.freshet.context.Level;

/**
 * Creates a context.
 *
 * @param parent null for global contexts and projects, whose parent follows from the user
 * @param reference the name by which later operations of the same bulk request may refer to it, or null
 */
public record Create(Level level, Target parent, Attributes attributes, String reference) implements Command {
    @Override
    public void announce(Demand demand) {
        if (level == Level.GLOBAL) {
            demand.global(Lock.WRITE);
            return;
        }
        demand.newId(level);
        if (level == Level.PROJECT) {
            demand.global(Lock.PARENT);
        } else {
            demand.existing(parent, Lock.PARENT);
        }
    }

    @Override
    public Outcome run(Workspace workspace) {
        var id = level == Level.GLOBAL ? workspace.globalId() : workspace.newId(level);
        if (level == Level.GLOBAL) {
            Precondition.ABSENT.check(id, workspace.find(id));
        }
        var context = workspace.record(id, attributes.created(level, parentNumber(workspace), workspace.now()));
        if (reference != null) {
            workspace.call(reference, id);
        }
        return new Outcome(id, context, true);
    }

    private Long parentNumber(Workspace workspace) {
        if (level == Level.PROJECT) {
            workspace.ensureGlobal();
        }
        if (parent == null) {
            return null;
        }
        ContextId above = workspace.resolve(parent, level.parent().orElseThrow());
        workspace.require(above, parent.field());
        return above.number();
    }
}
