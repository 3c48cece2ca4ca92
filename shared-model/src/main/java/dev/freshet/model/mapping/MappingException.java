// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** A mapping file was rejected. The message has one line per problem. Retrying does not help. */
public final class MappingException extends RuntimeException {
    private final transient List<Problem> problems;
    private final transient List<MissingReference> missingReferences;

    public MappingException(List<Problem> problems, List<MissingReference> missingReferences) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.missingReferences = List.copyOf(missingReferences);
    }

    /** The problems that a foreign key of the database may help to solve. */
    public List<MissingReference> missingReferences() {
        return missingReferences;
    }

    /** All problems, in the order of the file; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
