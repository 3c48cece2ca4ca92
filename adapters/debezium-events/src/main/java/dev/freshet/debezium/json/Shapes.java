// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.json;

import dev.freshet.debezium.value.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One list of columns for all that are equal. */
final class Shapes {
    private final Map<List<Column>, List<Column>> known = new HashMap<>();

    List<Column> one(List<Column> columns) {
        return known.computeIfAbsent(columns, List::copyOf);
    }
}
