// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.meaning;

import java.util.List;

/**
 * Columns at the end of some steps. Their changes make the key stale.
 *
 * @param when the condition that a row must meet to count; null if every row counts
 */
public record Watched(List<Hop> steps, Columns columns, String when) {
    public Watched {
        steps = List.copyOf(steps);
    }
}
