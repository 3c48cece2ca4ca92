// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.yaml;

import dev.freshet.model.mapping.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value in a YAML file, with its place. Immutable. */
public sealed interface YamlValue {
    Location at();

    /** What it is, for messages. */
    String describe();

    /**
     * Text as it is written: a number or a date is not interpreted.
     *
     * @param text empty for null
     */
    record Scalar(Location at, Optional<String> text) implements YamlValue {
        @Override
        public String describe() {
            return text.map(written -> "'" + written + "'").orElse("nothing");
        }
    }

    /** A list. */
    record Sequence(Location at, List<YamlValue> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A map, in the order of the file.
     *
     * @param keys where each key stands
     */
    record Table(Location at, Map<String, YamlValue> values, Map<String, Location> keys) implements YamlValue {
        public Table {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            keys = Map.copyOf(keys);
        }

        public Optional<YamlValue> get(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public String describe() {
            return "a map";
        }
    }
}
