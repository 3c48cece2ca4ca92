// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.function.FunctionCall;
import java.util.List;

/**
 * A template for the cache keys that a row's changes make stale.
 *
 * @param text as written in the file
 * @param parts literal text and paths, in order; at least one is literal
 * @param on the columns of the row itself whose changes matter
 * @param when the condition that a row must meet to have the key
 * @param from other rows that the cached value is computed from
 * @param wide whether its keys may begin with a value that can hold anything
 */
public record KeyTemplate(
        String text,
        Role role,
        List<Part> parts,
        ColumnSet on,
        Condition when,
        List<From> from,
        boolean wide,
        Location at) {
    public KeyTemplate {
        parts = List.copyOf(parts);
        from = List.copyOf(from);
    }

    /** What kind of view the key holds. */
    public enum Role {
        /** The row's own view. */
        OWN,
        /** The row together with what it inherits. */
        RESOLVED,
        /** A list that contains the row. */
        LISTING
    }

    /** Literal text, or the value of a column at the end of a path. */
    public sealed interface Part {}

    /** Text that appears in the key unchanged. */
    public record Literal(String text) implements Part {}

    /**
     * The value of a column at the end of the steps; a column of the row itself if there are no steps.
     *
     * @param functions applied to the value one after the other
     */
    public record Path(List<Step> steps, String column, List<FunctionCall> functions) implements Part {
        public Path {
            steps = List.copyOf(steps);
            functions = List.copyOf(functions);
        }

        /** The value itself. */
        public Path(List<Step> steps, String column) {
            this(steps, column, List.of());
        }
    }

    /**
     * Rows at the end of some steps, with the columns that matter there.
     *
     * @param when the condition that such a row must meet to count
     */
    public record From(List<Step> steps, ColumnSet columns, Condition when) {
        public From {
            steps = List.copyOf(steps);
        }

        /** Rows that count whatever they hold. */
        public From(List<Step> steps, ColumnSet columns) {
            this(steps, columns, Condition.ALWAYS);
        }
    }

    /** Whether only rows that meet a condition have the key. */
    public boolean isConditional() {
        return when != Condition.ALWAYS;
    }

    /** The text, followed by the condition if there is one. */
    public String textWithCondition() {
        return isConditional() ? text + " when " + when : text;
    }

    /** The Redis glob that matches every key of this template: {@code *} for each path. */
    public String glob() {
        var glob = new StringBuilder();
        for (Part part : parts) {
            glob.append(part instanceof Literal literal ? literalGlob(literal.text()) : "*");
        }
        return glob.toString();
    }

    /** The Redis glob that matches only this text. */
    public static String literalGlob(String text) {
        return text.replaceAll("[*?\\[\\]\\\\^]", "\\\\$0");
    }

    @Override
    public String toString() {
        return text;
    }
}
