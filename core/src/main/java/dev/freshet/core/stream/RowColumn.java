// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.stream;

/**
 * A column that is read of one row after the other. Remembers its place in the last header, because rows of one table
 * share theirs. Thread-safe.
 */
public final class RowColumn {
    private final String name;
    /** Immutable, so that a thread that reads another one's place reads a whole one. */
    private Place last;

    private record Place(Header header, int at) {}

    public RowColumn(String name) {
        this.name = name;
    }

    /** Like {@link Row#get(String)}. */
    public String of(Row row) {
        Place place = last;
        if (place == null || place.header() != row.header()) {
            place = new Place(row.header(), row.header().indexOf(name));
            last = place;
        }
        return row.at(place.at());
    }
}
