// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.debezium.value.Column;
import dev.freshet.debezium.value.Fields;
import java.util.List;

/** Recognises what transforms made of Debezium's events, by what is left of them. */
final class RecordShape {
    private RecordShape() {}

    /** Fails if the value is what a transform left of an event: the images or the source are missing then. */
    static void require(String topic, Fields key, Fields value) {
        if (value.has("op") && (value.has("source.table") || value.has("source_table"))) {
            throw new RefusedRecordException("records of topic " + topic + " are flattened: they have 'op', and"
                    + " fields such as 'source.table' in place of 'source'. " + remove("Flatten"));
        }
        if (isEvent(value) || key == null || key.size() == 0) {
            return;
        }
        List<String> names = key.columns().stream().map(Column::name).toList();
        if (names.stream().allMatch(value::has)) {
            throw new RefusedRecordException(
                    "records of topic " + topic + " are rows and not change events: they have no"
                            + " 'op' and 'source', but the columns of their key " + names
                            + ". They lack the row as it was before. " + remove("ExtractNewRecordState (unwrap)"));
        }
    }

    private static String remove(String transform) {
        return "Expected Debezium's events as they are: take " + transform
                + " out of 'transforms' of the source connector and of this one, and let this connector start again"
                + " from topics that were written without it";
    }

    private static boolean isEvent(Fields value) {
        return value.has("op") || (value.has("status") && value.has("id")) || (value.has("ts_ms") && value.size() == 1);
    }
}
