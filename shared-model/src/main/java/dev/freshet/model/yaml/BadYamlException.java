// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.yaml;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Problem;

/** A file is not YAML, or has nothing in it. Retrying does not help. */
public final class BadYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    BadYamlException(Location at, String message) {
        super(at + ": " + message);
        this.problem = Problem.of(MappingCode.NOT_YAML, at, message);
    }

    public Problem problem() {
        return problem;
    }
}
