// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A set of columns of one table: either the named columns, or all except those.
 *
 * @param names in the order of the file
 * @param exclusive true if the set is every column that is not named
 */
public record ColumnSet(Set<String> names, boolean exclusive) {
    public ColumnSet {
        names = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    public static ColumnSet of(Collection<String> names) {
        return new ColumnSet(new LinkedHashSet<>(names), false);
    }

    public static ColumnSet allBut(Collection<String> names) {
        return new ColumnSet(new LinkedHashSet<>(names), true);
    }

    public static ColumnSet none() {
        return of(Set.of());
    }

    public boolean contains(String column) {
        return names.contains(column) != exclusive;
    }

    /** Whether every column of the other set is in this one, whatever columns the table has. */
    public boolean containsAll(ColumnSet other) {
        return other.exclusive
                ? exclusive && other.names.containsAll(names)
                : other.names.stream().allMatch(this::contains);
    }

    /** These columns and some more. */
    public ColumnSet and(Collection<String> more) {
        var union = new LinkedHashSet<>(names);
        if (exclusive) {
            union.removeAll(more);
        } else {
            union.addAll(more);
        }
        return new ColumnSet(union, exclusive);
    }

    /** The columns of either set. */
    public ColumnSet or(ColumnSet other) {
        if (!other.exclusive) {
            return and(other.names);
        }
        if (!exclusive) {
            return other.and(names);
        }
        var neither = new LinkedHashSet<>(names);
        neither.retainAll(other.names);
        return allBut(neither);
    }
}
