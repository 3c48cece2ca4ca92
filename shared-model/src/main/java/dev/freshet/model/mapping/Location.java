// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import dev.freshet.model.finding.Place;

/**
 * A place in a mapping file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Location(String file, int line, int column) implements Comparable<Location> {
    @Override
    public int compareTo(Location other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    public Place place() {
        return Place.inFile(file, line, column);
    }

    /** As compilers print it: {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
