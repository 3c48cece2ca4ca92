// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Something that happened to one context. Its JSON form is kept for ever: members may be added, none may change its
 * meaning; what cannot be said so gets a new type. The triggers in the database write the same form for plain SQL.
 */
public sealed interface ContextEvent permits Created, Updated, Moved, Deleted {
    /** The name of the kind of event: {@code Created}. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** What the event says, in its stable JSON form. */
    ObjectNode data();

    /**
     * What the event makes of a context.
     *
     * @param before null if it does not exist
     * @return null if it does not exist afterwards
     * @throws IllegalStateException if this cannot happen to it
     */
    Context apply(Context before, ContextId id, String user, long version, Instant at);

    /** The counterpart of {@link #type()} and {@link #data()}. */
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
