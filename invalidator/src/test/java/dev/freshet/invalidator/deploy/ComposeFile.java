// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
import java.util.Map;

/**
 * A Compose file, with those fields of the Compose Specification that ours uses, in the form in which it uses them. Other fields,
 * and values of other types, are refused.
 */
record ComposeFile(String name, Map<String, Service> services, Map<String, JsonNode> volumes) {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    record Service(
            String image,
            Build build,
            String user,
            String restart,
            Boolean readOnly,
            List<String> tmpfs,
            List<String> capDrop,
            List<String> securityOpt,
            Logging logging,
            String stopGracePeriod,
            String memLimit,
            List<String> entrypoint,
            List<String> command,
            Map<String, String> environment,
            List<String> volumes,
            List<String> ports,
            Healthcheck healthcheck,
            Map<String, Dependency> dependsOn) {
        /** What it waits for. */
        Map<String, Dependency> dependencies() {
            return dependsOn == null ? Map.of() : dependsOn;
        }

        List<String> mounts() {
            return volumes == null ? List.of() : volumes;
        }
    }

    record Build(String context, String dockerfile, String target) {}

    record Logging(String driver, Map<String, String> options) {}

    record Healthcheck(List<String> test, String interval, String timeout, Integer retries, Boolean disable) {}

    record Dependency(String condition) {}

    /** @throws IllegalArgumentException with the field that is wrong */
    static ComposeFile parse(String yaml) {
        ObjectNode file = (ObjectNode) merged(DeployFiles.documents(yaml).get(0));
        // Extensions, which only other parts of the file refer to.
        file.remove(file.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith("x-"))
                .toList());
        try {
            return STRICT.treeToValue(file, ComposeFile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** With the fields of {@code <<} in their places; a field beside it wins. */
    private static JsonNode merged(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode inherited = object.remove("<<");
            if (inherited != null) {
                inherited.properties().forEach(field -> {
                    if (!object.has(field.getKey())) {
                        object.set(field.getKey(), field.getValue());
                    }
                });
            }
        }
        node.forEach(ComposeFile::merged);
        return node;
    }
}
