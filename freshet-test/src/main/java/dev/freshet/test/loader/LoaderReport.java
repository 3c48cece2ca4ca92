// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.protocol.Tag;
import java.util.List;
import java.util.Set;

/**
 * What the check of one loader found out. Immutable.
 *
 * @param view such as {@code task/own}
 * @param tables that the loader read, with their schema; those behind views and functions too, and not the views
 * @param tags of the value that it loaded
 * @param trials how often a change of rows was tried
 * @param untried what could not be tried, with the reason
 * @param findings where the loader does not agree with the mapping; empty if it does, as far as was tried
 */
public record LoaderReport(
        String view, Set<String> tables, List<Tag> tags, int trials, List<String> untried, List<String> findings) {
    public LoaderReport {
        tables = Set.copyOf(tables);
        tags = List.copyOf(tags);
        untried = List.copyOf(untried);
        findings = List.copyOf(findings);
    }
}
