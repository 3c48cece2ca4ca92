// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.openapi;

import dev.freshet.model.mapping.Hint;
import dev.freshet.support.http.request.Parameters;
import java.util.Set;
import java.util.TreeSet;

/** Builds the message for an unknown path, and suggests the path that was probably meant. */
public final class KnownPaths {
    private final Set<String> paths = new TreeSet<>();

    public KnownPaths(OpenApi openApi) {
        for (var operation : openApi.operations()) {
            paths.add(operation.substring(operation.indexOf(' ') + 1));
        }
    }

    /** @param path the requested path */
    public String nothingAt(String path) {
        var meant = Hint.nearest(path.replaceAll("/[0-9]+(?=/|$)", "/{id}"), paths);
        return "there is nothing at '" + Parameters.shown(path) + "'; "
                + meant.map(near -> "did you mean '" + near + "'? ").orElse("") + "GET /openapi tells what there is";
    }
}
