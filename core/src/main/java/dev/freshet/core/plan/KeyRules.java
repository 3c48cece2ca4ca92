// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan;

import dev.freshet.core.plan.join.Join;
import dev.freshet.core.plan.join.JoinNode;
import dev.freshet.core.plan.join.Watch;
import dev.freshet.core.plan.rows.RowDelta;
import dev.freshet.model.mapping.KeyTemplate.Role;

/** Decides when a change in one of a join's tables makes keys stale, and why. */
final class KeyRules {
    private KeyRules() {}

    /** Whether the change touches anything that the join's keys or values are computed from. */
    static boolean matters(JoinNode node, RowDelta delta) {
        if ((delta.changed(node.structure()) || delta.hides(node.structure()))
                && (node.mayCount(delta.before()) || node.mayCount(delta.after()))) {
            return true;
        }
        for (Watch watch : node.watches()) {
            if (matters(watch, delta)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matters(Watch watch, RowDelta delta) {
        return delta.changed(watch.columns())
                ? watch.mayHold(delta.before()) || watch.mayHold(delta.after())
                : delta.isUpdate() && watch.mayTell(delta.before(), delta.after());
    }

    /** Whether the keys before the change can differ from those after it. */
    static boolean places(Join join, JoinNode node, RowDelta delta) {
        return delta.isUpdate()
                && (delta.changed(node.startColumns())
                        || (node.isRoot() && join.role() == Role.LISTING && delta.changed(join.moves())));
    }

    /** The reason for a key that the row is, or was, part of. */
    static Reason reason(Join join, JoinNode node, boolean placed, boolean before) {
        if (placed) {
            return before ? Reason.MOVED_FROM : Reason.MOVED_TO;
        }
        if (node.isRoot()) {
            return join.role() == Role.LISTING ? Reason.LISTING : Reason.OWN;
        }
        return node.isInherited() ? Reason.INHERITED : Reason.RELATED;
    }
}
