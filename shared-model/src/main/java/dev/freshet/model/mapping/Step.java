// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.List;

/**
 * One step of a path, from a row to the rows of another entity: {@code far} columns there equal {@code near} columns
 * here.
 *
 * @param text as written, such as {@code inventory} or {@code film(original_language)}
 * @param entity the entity that it leads to
 */
public record Step(String text, String entity, List<String> near, List<String> far) {
    public Step {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    /** From a row to the one that its reference points at. */
    public static Step along(Reference reference) {
        return new Step(reference.name(), reference.entity(), reference.columns(), reference.to());
    }

    /** From a row to all rows of an entity whose reference points here. */
    static Step against(String text, String entity, Reference reference) {
        return new Step(text, entity, reference.to(), reference.columns());
    }

    @Override
    public String toString() {
        return text;
    }
}
