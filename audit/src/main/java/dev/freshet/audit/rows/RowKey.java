// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

import dev.freshet.protocol.Isolate;
import java.util.List;

/**
 * The row that a tag names.
 *
 * @param isolate the required owner of the row, if the entity has an isolating column
 */
public record RowKey(String entity, List<String> id, Isolate isolate) {
    public RowKey {
        id = List.copyOf(id);
    }
}
