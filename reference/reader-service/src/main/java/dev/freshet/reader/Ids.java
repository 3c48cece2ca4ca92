// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.util.List;

/** Writes ids in tags and in JSON. */
final class Ids {
    private Ids() {}

    /** The id of a global context is its user; all other ids are numbers. */
    static boolean isText(Level level) {
        return level == Level.GLOBAL;
    }

    static void write(JsonGenerator out, String field, Level level, String value) throws IOException {
        if (isText(level)) {
            out.writeStringField(field, value);
        } else {
            out.writeNumberField(field, Long.parseLong(value));
        }
    }

    static Tag row(ContextId context) {
        return Tag.row(context.level().label(), List.of(context.value()));
    }

    static Tag inherited(ContextId context) {
        return Tag.inherited(context.level().label(), List.of(context.value()));
    }

    static Tag children(ContextId context) {
        return Tag.children(
                context.level().label(),
                List.of(context.value()),
                childOf(context).label());
    }

    static Level childOf(ContextId parent) {
        return parent.level().child().orElseThrow();
    }
}
