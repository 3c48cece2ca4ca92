// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Something that happened to one context. Its JSON form is kept for ever: members may be added, but none may change its
 * meaning. Anything that does not fit gets a new event type. The database triggers write the same form for plain SQL.
 */
public sealed interface ContextEvent permits Created, Updated, Moved, Deleted {
    /** The name of the event type, such as {@code Created}. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** The content of the event, in its stable JSON form. */
    ObjectNode data();

    /**
     * Applies the event to a context.
     *
     * @param before the context before the event; null if it does not exist
     * @return the context after the event; null if it no longer exists
     * @throws IllegalStateException if the event cannot happen to this context
     */
    Context apply(Context before, ContextId id, String user, long version, Instant at);

    /** Reads an event from its {@link #type()} and {@link #data()}. */
    static ContextEvent of(String type, JsonNode data) {
        return switch (type) {
            case "Created" -> Created.of(data);
            case "Updated" -> new Updated(Changes.of(data));
            case "Moved" -> Moved.of(data);
            case "Deleted" -> Deleted.of(data);
            default -> throw new IllegalArgumentException("no such type of event: '" + type + "'");
        };
    }
}
