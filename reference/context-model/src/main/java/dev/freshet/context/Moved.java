// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A branch or task got another parent.
 *
 * @param from number of the old parent
 * @param to number of the new parent
 * @param changes other columns that changed at the same time; the API never does both at once, plain SQL may
 */
public record Moved(long from, long to, Changes changes) implements ContextEvent {
    @Override
    public ObjectNode data() {
        return changes.writeTo(
                JsonNodeFactory.instance.objectNode().put("from", from).put("to", to));
    }

    static Moved of(JsonNode data) {
        return new Moved(data.get("from").longValue(), data.get("to").longValue(), Changes.of(data));
    }

    @Override
    public Context apply(Context before, ContextId id, String user, long version, Instant at) {
        if (before == null) {
            throw new IllegalStateException(id + " is moved at version " + version + " and does not exist");
        }
        return before.with(ContextId.of(before.parent().level(), to), changes, version, at);
    }
}
