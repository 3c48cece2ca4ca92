// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.tap;

import dev.freshet.model.mapping.TableName;
import java.util.Set;

/**
 * What is taken out of a stream.
 *
 * @param tables whose rows matter
 * @param prefix of the logical messages that matter
 */
public record Wanted(Set<TableName> tables, String prefix) {
    public Wanted {
        tables = Set.copyOf(tables);
    }
}
