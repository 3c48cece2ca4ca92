// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.history;

/**
 * What a value says about one row.
 *
 * @param kind how much it says
 * @param parent the row that this row is below according to the value (for {@link Kind#ELSEWHERE}: is not below); null
 *     if the value does not say
 * @param version the version that the value shows, if it shows one
 */
public record Observation(Kind kind, Row row, Row parent, long version) {
    /** How much a value says about a row. */
    public enum Kind {
        /** The row exists, and this version wrote it last. */
        SHOWN,
        /** The row exists, and this version set its name last. */
        NAMED,
        /** The row exists. */
        EXISTS,
        /** The row does not exist. */
        MISSING,
        /** The row does not exist, or is not below that parent. */
        ELSEWHERE
    }

    public static Observation shown(Row row, Row parent, long version) {
        return new Observation(Kind.SHOWN, row, parent, version);
    }

    public static Observation named(Row row, Row parent, long version) {
        return new Observation(Kind.NAMED, row, parent, version);
    }

    public static Observation exists(Row row) {
        return new Observation(Kind.EXISTS, row, null, 0);
    }

    public static Observation missing(Row row) {
        return new Observation(Kind.MISSING, row, null, 0);
    }

    public static Observation elsewhere(Row row, Row parent) {
        return new Observation(Kind.ELSEWHERE, row, parent, 0);
    }

    boolean matches(RowState state) {
        return switch (kind) {
            case SHOWN -> state.present() && under(state) && state.write().version() == version;
            case NAMED -> state.present() && under(state) && state.name() == version;
            case EXISTS -> state.present();
            case MISSING -> !state.present();
            case ELSEWHERE -> !state.present() || state.parent() != parent;
        };
    }

    private boolean under(RowState state) {
        return parent == null || state.parent() == parent;
    }

    /** Whether this state has the version that the value shows. */
    boolean sameVersion(RowState state) {
        return state.present() && (kind == Kind.SHOWN ? state.write().version() : state.name()) == version;
    }

    @Override
    public String toString() {
        var below = parent == null ? "" : " under " + parent;
        return switch (kind) {
            case SHOWN -> row + " as of " + version + below;
            case NAMED -> row + " named by " + version + below;
            case EXISTS -> row + " exists";
            case MISSING -> row + " does not exist";
            case ELSEWHERE -> row + " is not" + below;
        };
    }
}
