// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.admin.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;

/** The mapping as JSON: entities with their keys, and references between them. */
final class MappingGraph {
    private MappingGraph() {}

    static String of(Mapping mapping) {
        ObjectNode graph = JsonNodeFactory.instance.objectNode();
        graph.put("file", mapping.file()).put("namespace", mapping.namespace());
        ArrayNode entities = graph.putArray("entities");
        for (EntityMapping entity : mapping.entities().values()) {
            ObjectNode node = entities.addObject();
            node.put("name", entity.name())
                    .put("table", entity.table().toString())
                    .put("tags", entity.tags());
            entity.parent().ifPresent(parent -> node.put("parent", parent.entity()));
            ArrayNode keys = node.putArray("keys");
            entity.templates().forEach(template -> keys.add(template.textWithCondition()));
            ArrayNode references = node.putArray("references");
            entity.references()
                    .forEach(reference ->
                            references.addObject().put("name", reference.name()).put("to", reference.entity()));
        }
        return graph.toString();
    }
}
