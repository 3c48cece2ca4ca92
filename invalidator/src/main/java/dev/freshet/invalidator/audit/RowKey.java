// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.Isolate;
import java.util.List;

/**
 * A row that a tag names.
 *
 * @param isolate whose row it must be to count, where the entity has an isolating column
 */
public record RowKey(String entity, List<String> id, Isolate isolate) {
    public RowKey {
        id = List.copyOf(id);
    }
}
