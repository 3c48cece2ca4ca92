// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.mapping.Location;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A map in the file: its values, and where each key stands. */
record YamlMap(Map<String, Node> values, Map<String, Location> keys, Location at) {
    Optional<Node> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Location at(String key) {
        return keys.getOrDefault(key, at);
    }
}
