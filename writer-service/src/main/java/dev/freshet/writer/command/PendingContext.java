// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;

/** One context in a workspace: its row, and its state after the events so far. */
final class PendingContext {
    final ContextId id;
    Context row;
    Context current;
    long version;

    PendingContext(ContextId id, Context row, long version) {
        this.id = id;
        this.row = row;
        this.current = row;
        this.version = version;
    }

    boolean isNew() {
        return row == null && current != null;
    }

    boolean isChanged() {
        return row != null && current != null && row != current;
    }
}
