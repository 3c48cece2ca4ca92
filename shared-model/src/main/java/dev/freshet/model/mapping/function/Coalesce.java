// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.List;
import java.util.Optional;

/** A text in place of null; any other value stays what it is. */
record Coalesce(String text) implements ColumnFunction {
    @Override
    public List<String> of(String value) {
        return List.of(value);
    }

    @Override
    public Optional<List<String>> ofNull() {
        return Optional.of(List.of(text));
    }
}
