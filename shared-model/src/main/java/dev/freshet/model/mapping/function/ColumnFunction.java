// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.List;
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

    /** This function, and then another one of its results. */
    default ColumnFunction then(ColumnFunction next) {
        return value -> of(value).stream()
                .map(next::of)
                .reduce((some, others) -> some.isEmpty() || others.isEmpty() ? List.of() : both(some, others))
                .orElse(List.of());
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
