// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One step of a path, from a row to rows of another entity: their {@code far} columns equal this row's {@code near}
 * columns. The pairs are sorted, so that steps that lead to the same rows have equal column lists.
 *
 * @param text as written, such as {@code inventory} or {@code film(original_language)}
 * @param entity the entity that the step leads to
 * @param times how often it is taken; more than once only if it leads from an entity to itself
 */
public record Step(String text, String entity, List<String> near, List<String> far, Times times) {
    /** How often a step is taken. */
    public enum Times {
        ONCE(""),
        /** Zero times or more. */
        ANY("*"),
        /** Once or more. */
        SOME("+");

        private final String sign;

        Times(String sign) {
            this.sign = sign;
        }

        /** What the step's text ends with. */
        public String sign() {
            return sign;
        }
    }

    public Step {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    /** A step that is taken once. */
    public Step(String text, String entity, List<String> near, List<String> far) {
        this(text, entity, near, far, Times.ONCE);
    }

    /** This step, taken as often as that. */
    public Step taken(Times often) {
        return new Step(text + often.sign(), entity, near, far, often);
    }

    /** Whether it may be taken more than once. */
    public boolean isRepeated() {
        return times != Times.ONCE;
    }

    /** From a row to the row that its reference points at. */
    public static Step along(Reference reference) {
        return ordered(reference.name(), reference.entity(), reference.columns(), reference.to());
    }

    /** From a row to all rows of an entity whose reference points at it. */
    public static Step against(String text, String entity, Reference reference) {
        return ordered(text, entity, reference.to(), reference.columns());
    }

    private static Step ordered(String text, String entity, List<String> near, List<String> far) {
        int[] order = IntStream.range(0, near.size())
                .boxed()
                .sorted(Comparator.<Integer, String>comparing(far::get).thenComparing(near::get))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Step(
                text,
                entity,
                Arrays.stream(order).mapToObj(near::get).toList(),
                Arrays.stream(order).mapToObj(far::get).toList());
    }

    @Override
    public String toString() {
        return text;
    }
}
