// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI document of a service. It is written by hand, and a test compares it with the routes. */
public final class OpenApi {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final String yaml;

    private OpenApi(String yaml) {
        this.yaml = yaml;
    }

    /** @param resource path on the class path, such as {@code /openapi/reader.yaml} */
    public static OpenApi fromClasspath(String resource) {
        try (var in = OpenApi.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource '" + resource + "' on the class path");
            }
            return new OpenApi(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** The text of the document. */
    public String yaml() {
        return yaml;
    }

    /** Each operation of the document, such as {@code GET /v1/projects/{id}}. */
    public Set<String> operations() {
        return queryParameters().keySet();
    }

    /** The names of the query parameters of each operation. */
    Map<String, Set<String>> queryParameters() {
        var document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        var parameters = new TreeMap<String, Set<String>>();
        ((Map<?, ?>) document.get("paths"))
                .forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
                    if (METHODS.contains(method.toString())) {
                        var names = new TreeSet<String>();
                        for (var listed : List.of((Map<?, ?>) item, (Map<?, ?>) operation)) {
                            names.addAll(inQuery(document, listed.get("parameters")));
                        }
                        parameters.put(method.toString().toUpperCase(Locale.ROOT) + " " + path, names);
                    }
                }));
        return parameters;
    }

    private static List<String> inQuery(Map<?, ?> document, Object parameters) {
        return parameters == null
                ? List.of()
                : ((List<?>) parameters)
                        .stream()
                                .map(parameter -> resolved(document, (Map<?, ?>) parameter))
                                .filter(parameter -> "query".equals(parameter.get("in")))
                                .map(parameter -> parameter.get("name").toString())
                                .toList();
    }

    private static Map<?, ?> resolved(Map<?, ?> document, Map<?, ?> parameter) {
        var reference = parameter.get("$ref");
        if (reference == null) {
            return parameter;
        }
        Object found = document;
        for (var name : reference.toString().substring("#/".length()).split("/")) {
            found = ((Map<?, ?>) found).get(name);
        }
        return (Map<?, ?>) found;
    }
}
