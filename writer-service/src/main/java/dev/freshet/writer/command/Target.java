// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.model.context.ContextId;

/**
 * A context that a command names: by its id, or by the name that an earlier operation of the same bulk gave it.
 *
 * @param id null if it goes by a reference
 * @param reference null if it goes by id
 * @param field where the request names it
 */
public record Target(ContextId id, String reference, String field) {
    public static Target of(ContextId id, String field) {
        return new Target(id, null, field);
    }

    public static Target reference(String reference, String field) {
        return new Target(null, reference, field);
    }

    boolean isId() {
        return id != null;
    }
}
