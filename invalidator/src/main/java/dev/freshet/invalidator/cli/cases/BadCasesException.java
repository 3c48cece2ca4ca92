// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.model.mapping.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A file of cases was rejected. The message has one line for each problem. */
final class BadCasesException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCasesException(List<Problem> problems) {
        super(problems.stream()
                .sorted(Comparator.comparing(Problem::at))
                .map(Problem::toString)
                .collect(Collectors.joining("\n")));
    }
}
