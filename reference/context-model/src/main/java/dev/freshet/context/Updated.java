// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Columns of a context changed; its place in the hierarchy did not. */
public record Updated(Changes changes) implements ContextEvent {
    @Override
    public ObjectNode data() {
        return changes.toJson();
    }

    @Override
    public Context apply(Context before, ContextId id, String user, long version, Instant at) {
        if (before == null) {
            throw new IllegalStateException(id + " is updated at version " + version + " and does not exist");
        }
        return before.with(before.parent(), changes, version, at);
    }
}
