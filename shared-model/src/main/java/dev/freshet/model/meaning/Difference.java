// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import java.util.List;

/**
 * One difference between two mappings.
 *
 * @param what the thing that differs, such as {@code template customer:{customer_id} of public.customer}
 * @param in the aspects that differ if both mappings have it, such as {@code on}; empty if only one of them has it
 */
public record Difference(Kind kind, String what, List<String> in) {
    /** Which of the two mappings has it. */
    public enum Kind {
        NEW("new"),
        CHANGED("changed"),
        REMOVED("removed");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(boolean before, boolean after) {
            return before && after ? CHANGED : before ? REMOVED : NEW;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public Difference {
        in = List.copyOf(in);
    }

    @Override
    public String toString() {
        return kind + ": " + what + (in.isEmpty() ? "" : " (" + String.join(", ", in) + ")");
    }
}
