// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import java.util.Collection;
import java.util.List;

/** A function is not called as it must be. The message says what is wrong and what was expected. */
public final class FunctionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String unknown;
    private final transient Collection<String> known;

    FunctionException(String message) {
        this(message, "", List.of());
    }

    FunctionException(String message, String unknown, Collection<String> known) {
        super(message);
        this.unknown = unknown;
        this.known = known;
    }

    /** The word that is not known, if that is the problem; otherwise empty. */
    public String unknown() {
        return unknown;
    }

    /** The words that are known in its place. */
    public Collection<String> known() {
        return known;
    }
}
