// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A context was created, or reappeared under a new id or user.
 *
 * @param parent the number of the context above; null for global contexts and projects
 * @param status null except for tasks
 * @param createdAt differs from the time of the event if the context was imported or got a new id
 */
public record Created(
        Long parent, String name, String description, String status, ObjectNode document, Instant createdAt)
        implements ContextEvent {
    @Override
    public ObjectNode data() {
        var json = JsonNodeFactory.instance.objectNode();
        if (parent != null) {
            json.put("parent", parent.longValue());
        }
        new Changes(name, description, status, document).writeTo(json);
        return json.put("createdAt", createdAt.toString());
    }

    static Created of(JsonNode data) {
        return new Created(
                data.has("parent") ? data.get("parent").longValue() : null,
                Changes.text(data, "name"),
                Changes.text(data, "description"),
                Changes.text(data, "status"),
                (ObjectNode) data.get("document"),
                OffsetDateTime.parse(data.get("createdAt").textValue()).toInstant());
    }

    @Override
    public Context apply(Context before, ContextId id, String user, long version, Instant at) {
        if (before != null) {
            throw new IllegalStateException(id + " is created at version " + version + " and exists already");
        }
        var above = id.level()
                .parent()
                .map(level -> level == Level.GLOBAL ? ContextId.global(user) : ContextId.of(level, parent))
                .orElse(null);
        return new Context(id, user, above, name, description, status, document, version, createdAt, at);
    }
}
