// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Location;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.yaml.YamlValue;
import dev.freshet.model.yaml.YamlValue.Scalar;
import dev.freshet.model.yaml.YamlValue.Sequence;
import dev.freshet.model.yaml.YamlValue.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes values of the expected kinds from a file, and collects what is wrong. */
final class CaseNodes {
    private final List<Problem> problems = new ArrayList<>();

    void error(Location at, String message) {
        problems.add(Problem.of(MappingCode.BAD_CASES, at, message));
    }

    void throwIfAny() throws BadCasesException {
        if (!problems.isEmpty()) {
            throw new BadCasesException(problems);
        }
    }

    /** @param known the keys that it may have; empty: any */
    Optional<Table> table(YamlValue value, String what, List<String> known) {
        if (!(value instanceof Table table)) {
            unexpected(value, "a map", what);
            return Optional.empty();
        }
        for (String key : table.values().keySet()) {
            if (!known.isEmpty() && !known.contains(key)) {
                error(table.keys().get(key), "unknown key '" + key + "' in " + what + "; " + Hint.of(key, known));
            }
        }
        return Optional.of(table);
    }

    Optional<String> text(YamlValue value, String what) {
        if (value instanceof Scalar scalar
                && scalar.text().filter(text -> !text.isBlank()).isPresent()) {
            return scalar.text();
        }
        unexpected(value, "text", what);
        return Optional.empty();
    }

    /** The items of a list; one item may stand without a list. */
    static List<YamlValue> items(YamlValue value) {
        return value instanceof Sequence sequence ? sequence.items() : List.of(value);
    }

    void unexpected(YamlValue value, String expected, String what) {
        error(value.at(), what + ": expected " + expected + ", found " + value.describe());
    }
}
