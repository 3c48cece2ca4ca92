// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * Checks a manifest against the schema that Kubernetes publishes: no field that it does not know, at any depth, none
 * missing that it requires, and each of the right type. The checks are those of Kubernetes' Java client, which are
 * generated from that schema.
 */
final class KubernetesSchema {
    private static final String MODELS = "io.kubernetes.client.openapi.models.V1";
    private static final Map<String, String> VERSIONS = Map.of(
            "ConfigMap", "v1",
            "ServiceAccount", "v1",
            "Deployment", "apps/v1",
            "PodDisruptionBudget", "policy/v1",
            "NetworkPolicy", "networking.k8s.io/v1");

    private KubernetesSchema() {}

    /** @throws AssertionError with the field that is wrong */
    static void check(JsonNode manifest) {
        String kind = manifest.path("kind").asText();
        String version = manifest.path("apiVersion").asText();
        if (!version.equals(VERSIONS.get(kind))) {
            throw new AssertionError("no kind " + kind + " of " + version);
        }
        try {
            Class.forName(MODELS + kind)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(manifest.toString()));
        } catch (InvocationTargetException e) {
            throw new AssertionError(kind + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot check " + kind, e);
        }
    }
}
