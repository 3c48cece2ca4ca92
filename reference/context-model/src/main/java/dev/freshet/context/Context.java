// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.json.JsonValues;
import java.time.Instant;
import java.util.Objects;

/**
 * The state of one context.
 *
 * @param user the owner
 * @param parent the context above; null for a global context
 * @param status null except for tasks
 * @param version the number of events in its stream; a stream continues when an id is used again
 * @param createdAt in microseconds, as is {@code updatedAt}
 */
public record Context(
        ContextId id,
        String user,
        ContextId parent,
        String name,
        String description,
        String status,
        ObjectNode document,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    /** The default status of a new task. */
    public static final String OPEN = "open";

    public Context {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(document, "document");
        if ((parent == null) != (id.level() == Level.GLOBAL)) {
            throw new IllegalArgumentException(id + " has the parent " + parent);
        }
        if ((status == null) == id.level().hasStatus()) {
            throw new IllegalArgumentException(id + " has the status " + status);
        }
    }

    /** This context after a change, with the version and time of the event that records it. */
    Context with(ContextId newParent, Changes changes, long newVersion, Instant at) {
        return new Context(
                id,
                user,
                newParent,
                changes.name() == null ? name : changes.name(),
                changes.description() == null ? description : changes.description(),
                changes.status() == null ? status : changes.status(),
                changes.document() == null ? document : changes.document(),
                newVersion,
                createdAt,
                at);
    }

    /** The changes that give this context these values. Null means "unchanged". */
    public Changes changesTo(String newName, String newDescription, String newStatus, ObjectNode newDocument) {
        return new Changes(
                Objects.equals(name, newName) ? null : newName,
                Objects.equals(description, newDescription) ? null : newDescription,
                Objects.equals(status, newStatus) ? null : newStatus,
                newDocument == null || JsonValues.equal(document, newDocument) ? null : newDocument);
    }
}
