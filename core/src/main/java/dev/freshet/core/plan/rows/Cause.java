// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.plan.rows;

import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.model.mapping.TableName;
import java.util.Map;

/**
 * The row change that made something stale.
 *
 * @param id the row's id, column to value; empty for TRUNCATE
 */
public record Cause(TableName table, Operation operation, Map<String, String> id, Origin origin) {
    /** Without the id: row values do not belong in logs. */
    @Override
    public String toString() {
        return operation + " of " + table;
    }
}
