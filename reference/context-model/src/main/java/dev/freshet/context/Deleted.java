// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A context was deleted.
 *
 * @param reason {@code deleted} (by itself or with its parent), {@code truncated}, or {@code rekeyed} (the context
 *     continues under another id or user)
 */
public record Deleted(String reason) implements ContextEvent {
    /** Deleted by a command, or together with its parent. */
    public static final Deleted BY_COMMAND = new Deleted("deleted");

    @Override
    public ObjectNode data() {
        return JsonNodeFactory.instance.objectNode().put("reason", reason);
    }

    static Deleted of(JsonNode data) {
        return new Deleted(Changes.text(data, "reason"));
    }

    @Override
    public Context apply(Context before, ContextId id, String user, long version, Instant at) {
        if (before == null) {
            throw new IllegalStateException(id + " is deleted at version " + version + " and does not exist");
        }
        return null;
    }
}
