// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import java.util.List;

/** Columns at the end of some steps. Their changes make the key stale. */
public record Watched(List<Hop> steps, Columns columns) {
    public Watched {
        steps = List.copyOf(steps);
    }
}
