// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium.connect;

import dev.freshet.debezium.value.Fields;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/** The value of a record of Connect's as an object. */
public final class ConnectFields {
    private ConnectFields() {}

    /** Of a struct, or of a map, as a converter makes of JSON without a schema. Empty if it is neither. */
    public static Optional<Fields> of(Object value) {
        if (value instanceof Struct struct) {
            return Optional.of(new StructFields(struct));
        }
        return value instanceof Map<?, ?> map ? Optional.of(new MapFields(map, null)) : Optional.empty();
    }
}
