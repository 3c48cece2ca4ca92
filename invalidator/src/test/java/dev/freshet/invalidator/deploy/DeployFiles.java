// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The files that are shipped in {@code deploy}. */
final class DeployFiles {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeployFiles() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        return text(file(path));
    }

    static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML stream, without empty ones. */
    static List<JsonNode> documents(String yaml) {
        var documents = new ArrayList<JsonNode>();
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        for (Object document : new Load(settings).loadAllFromString(yaml)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** Names of the manifests of Kubernetes. */
    static Stream<String> manifests() {
        try (var files = Files.list(file("deploy/kubernetes"))) {
            return files
                    .map(each -> "deploy/kubernetes/" + each.getFileName())
                    .filter(each -> each.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The containers of the invalidator in a stream of manifests, sidecars included, each in its pod. */
    static List<Pod> pods(List<JsonNode> documents) {
        var pods = new ArrayList<Pod>();
        for (JsonNode document : documents) {
            JsonNode pod = document.at("/spec/template/spec");
            for (String where : List.of("containers", "initContainers")) {
                pod.path(where).forEach(container -> {
                    if (container.path("name").asText().equals("invalidator")) {
                        pods.add(new Pod(pod, container));
                    }
                });
            }
        }
        return pods;
    }

    /** A container and the pod that it is in. */
    record Pod(JsonNode pod, JsonNode container) {}
}
