// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI document of a service, written by hand and held against the routes by a test. */
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

    String yaml() {
        return yaml;
    }

    /** Each operation of the document, such as {@code GET /v1/projects/{id}}. */
    public Set<String> operations() {
        var document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        var operations = new TreeSet<String>();
        ((Map<?, ?>) document.get("paths"))
                .forEach((path, item) -> ((Map<?, ?>) item)
                        .keySet().stream()
                                .map(Object::toString)
                                .filter(METHODS::contains)
                                .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }
}
