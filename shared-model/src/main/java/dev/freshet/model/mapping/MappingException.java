// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** A mapping file was refused. The message has one line a problem; retrying is of no use. */
public final class MappingException extends RuntimeException {
    private final transient List<Problem> problems;
    private final transient List<MissingReference> missingReferences;

    MappingException(List<Problem> problems, List<MissingReference> missingReferences) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.missingReferences = List.copyOf(missingReferences);
    }

    /** Those among the problems that a foreign key of the database may help with. */
    public List<MissingReference> missingReferences() {
        return missingReferences;
    }

    /** What is wrong, in the order of the file; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
