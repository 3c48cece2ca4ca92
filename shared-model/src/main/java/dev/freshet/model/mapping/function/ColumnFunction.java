// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes what a key contains in place of a column's value. Immutable and thread-safe. */
@FunctionalInterface
public interface ColumnFunction {
    /**
     * The texts that programs may compute. Several if programs differ, as in lower case of some letters. None if the
     * text cannot be told: then any key of the template may be meant.
     *
     * @param value as PostgreSQL prints it; not null
     */
    List<String> of(String value);

    /** The texts in place of null; empty if null stays null, so that there is no key. */
    default Optional<List<String>> ofNull() {
        return Optional.empty();
    }

    /** This function, and then another one of its results. */
    default ColumnFunction then(ColumnFunction next) {
        ColumnFunction first = this;
        return new ColumnFunction() {
            @Override
            public List<String> of(String value) {
                return next.ofEach(first.of(value));
            }

            @Override
            public Optional<List<String>> ofNull() {
                return first.ofNull().map(next::ofEach).or(next::ofNull);
            }
        };
    }

    private List<String> ofEach(List<String> values) {
        return values.stream()
                .map(this::of)
                .reduce((some, others) -> some.isEmpty() || others.isEmpty() ? List.of() : both(some, others))
                .orElse(List.of());
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
