// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.wal;

import dev.freshet.model.mapping.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of the mapped tables at one moment. */
final class TableRows {
    private final Map<TableName, List<Map<String, String>>> byTable = new HashMap<>();

    void put(TableName table, List<Map<String, String>> rows) {
        byTable.put(table, rows);
    }

    List<Map<String, String>> of(TableName table) {
        return byTable.getOrDefault(table, List.of());
    }
}
