// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.source;

import java.util.List;
import java.util.stream.Collectors;

/** PostgreSQL lacks something that an administrator must fix. A retry before that is useless. */
public final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Shortcoming> shortcomings;

    public SetupException(List<Shortcoming> shortcomings) {
        super(shortcomings.stream().map(Shortcoming::toString).collect(Collectors.joining("\n")));
        this.shortcomings = List.copyOf(shortcomings);
    }

    public List<Shortcoming> shortcomings() {
        return shortcomings;
    }
}
