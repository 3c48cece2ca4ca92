// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.Created;
import dev.freshet.context.Level;
import java.time.Instant;

/**
 * All of a context's own columns.
 *
 * @param status ignored except for tasks
 */
public record Attributes(String name, String description, String status, ObjectNode document) {
    Created created(Level level, Long parent, Instant at) {
        return new Created(parent, name, description, level.hasStatus() ? status : null, document, at);
    }
}
