// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.context.RecordedEvent;

/** Contexts and events as clients see them. */
final class ContextJson {
    private ContextJson() {}

    static ObjectNode of(Context context) {
        return summary(context).set("document", context.document());
    }

    /** Without the document, because lists may be long. */
    static ObjectNode summary(Context context) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("level", context.id().level().label());
        putId(json, "id", context.id());
        if (context.parent() != null) {
            putId(json, "parent", context.parent());
        }
        json.put("name", context.name()).put("description", context.description());
        if (context.status() != null) {
            json.put("status", context.status());
        }
        return json.put("version", context.version())
                .put("createdAt", context.createdAt().toString())
                .put("updatedAt", context.updatedAt().toString());
    }

    static ObjectNode of(RecordedEvent event) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("position", event.position())
                .put("level", event.stream().level().label());
        putId(json, "id", event.stream());
        json.put("version", event.version())
                .put("type", event.event().type())
                .put("source", event.source())
                .put("recordedAt", event.recordedAt().toString());
        return json.set("data", event.event().data());
    }

    static void putId(ObjectNode json, String member, ContextId id) {
        if (id.level() == Level.GLOBAL) {
            json.put(member, id.value());
        } else {
            json.put(member, id.number());
        }
    }

    static String etag(Context context) {
        return "\"" + context.version() + "\"";
    }
}
