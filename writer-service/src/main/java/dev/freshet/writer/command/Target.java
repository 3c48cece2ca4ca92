// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.ContextId;

/**
 * A context that a command refers to, either by its id or by a name that an earlier operation of the same bulk request
 * gave it.
 *
 * @param id null if the context is named by reference
 * @param reference null if the context is named by id
 * @param field the field of the request that names it
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
