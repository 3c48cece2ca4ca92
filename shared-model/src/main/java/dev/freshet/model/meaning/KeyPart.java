// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import dev.freshet.model.mapping.function.FunctionCall;
import java.util.List;

/**
 * A piece of a key: literal text, or the value of a column at the end of some steps.
 *
 * @param text null for a column
 * @param column null for text
 * @param functions applied to the value of the column; null if there are none
 */
public record KeyPart(String text, List<Hop> steps, String column, List<FunctionCall> functions) {
    public KeyPart {
        functions = functions == null || functions.isEmpty() ? null : List.copyOf(functions);
        steps = steps == null ? List.of() : List.copyOf(steps);
        if ((text == null) == (column == null)) {
            throw new IllegalArgumentException("a part of a key is either text or a column");
        }
    }
}
