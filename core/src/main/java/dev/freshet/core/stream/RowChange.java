// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

import dev.freshet.model.mapping.TableName;

/**
 * One committed change of one row, or the TRUNCATE of a table.
 *
 * @param before the row as it was: null for CREATE and TRUNCATE, and for an UPDATE if the replica identity ships no old
 *     image; only the identity's columns if only those are shipped
 * @param after the row as it is: null for DELETE and TRUNCATE
 */
public record RowChange(TableName table, Operation operation, Row before, Row after, Origin origin) {
    private static final int BYTES = 80;

    /** Roughly how many bytes of memory it takes. */
    public int bytes() {
        return BYTES + (before == null ? 0 : before.bytes()) + (after == null ? 0 : after.bytes());
    }
}
