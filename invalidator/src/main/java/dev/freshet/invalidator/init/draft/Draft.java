// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.TableName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mapping as it could be written.
 *
 * @param entities in the order of their tables
 * @param leftOut what cannot be mapped, and why: text that completes a sentence which starts with the name
 */
public record Draft(String namespace, List<DraftEntity> entities, Map<TableName, String> leftOut) {
    public Draft {
        entities = List.copyOf(entities);
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    }

    public Optional<DraftEntity> entity(String name) {
        return entities.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
