// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.context.Context;
import dev.freshet.context.Level;
import dev.freshet.context.json.JsonValues;
import dev.freshet.writer.command.Attributes;
import dev.freshet.writer.command.Patch;
import dev.freshet.writer.command.Precondition;
import dev.freshet.writer.command.Target;
import java.util.Set;
import java.util.TreeSet;

/** Reads the columns of a context from a request. */
final class ContextBody {
    static final int MAX_NAME = 200;
    static final int MAX_DESCRIPTION = 4_000;
    static final int MAX_STATUS = 40;

    private ContextBody() {}

    /** The members that clients may set. */
    static Set<String> columns(Level level) {
        var names = new TreeSet<>(Set.of("name", "description", "document"));
        if (level.hasStatus()) {
            names.add("status");
        }
        return names;
    }

    /** All columns. An absent member has its default. Only global contexts may have no name. */
    static Attributes attributes(Level level, Fields fields) {
        return new Attributes(
                level == Level.GLOBAL ? fields.text("name", MAX_NAME, "") : fields.filled("name", MAX_NAME, null),
                fields.text("description", MAX_DESCRIPTION, ""),
                level.hasStatus() ? fields.filled("status", MAX_STATUS, Context.OPEN) : null,
                fields.document(JsonValues.emptyObject()));
    }

    /** A merge patch: a null member is reset to its default, and an absent member keeps its value. */
    static Patch patch(Level level, Target target, Fields fields, Precondition precondition) {
        boolean removesName = isNull(fields, "name");
        if (removesName && level != Level.GLOBAL) {
            fields.wrong("name", "is null; a " + level + " needs a name");
        }
        return new Patch(
                level,
                target,
                removesName ? "" : name(level, fields),
                isNull(fields, "description") ? "" : fields.text("description", MAX_DESCRIPTION, null),
                status(level, fields),
                documentPatch(fields),
                precondition);
    }

    private static String name(Level level, Fields fields) {
        if (!fields.has("name")) {
            return null;
        }
        return level == Level.GLOBAL ? fields.text("name", MAX_NAME, null) : fields.filled("name", MAX_NAME, null);
    }

    private static String status(Level level, Fields fields) {
        if (!level.hasStatus() || !fields.has("status")) {
            return null;
        }
        return isNull(fields, "status") ? Context.OPEN : fields.filled("status", MAX_STATUS, null);
    }

    private static JsonNode documentPatch(Fields fields) {
        if (!fields.has("document") || isNull(fields, "document")) {
            return fields.raw("document");
        }
        return fields.document(JsonValues.emptyObject());
    }

    private static boolean isNull(Fields fields, String name) {
        return fields.has(name) && fields.raw(name).isNull();
    }
}
