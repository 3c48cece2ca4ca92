// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.history;

/**
 * What a value says about one row.
 *
 * @param kind how much it says
 * @param parent the row that this row is below according to the value (for {@link Kind#ELSEWHERE}: is not below); null
 *     if the value does not say
 * @param version the version that the value shows, if it shows one
 */
public record Glimpse(Kind kind, Row row, Row parent, long version) {
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

    public static Glimpse shown(Row row, Row parent, long version) {
        return new Glimpse(Kind.SHOWN, row, parent, version);
    }

    public static Glimpse named(Row row, Row parent, long version) {
        return new Glimpse(Kind.NAMED, row, parent, version);
    }

    public static Glimpse exists(Row row) {
        return new Glimpse(Kind.EXISTS, row, null, 0);
    }

    public static Glimpse missing(Row row) {
        return new Glimpse(Kind.MISSING, row, null, 0);
    }

    public static Glimpse elsewhere(Row row, Row parent) {
        return new Glimpse(Kind.ELSEWHERE, row, parent, 0);
    }

    boolean matches(Version state) {
        return switch (kind) {
            case SHOWN -> state.present() && under(state) && state.write().version() == version;
            case NAMED -> state.present() && under(state) && state.name() == version;
            case EXISTS -> state.present();
            case MISSING -> !state.present();
            case ELSEWHERE -> !state.present() || state.parent() != parent;
        };
    }

    private boolean under(Version state) {
        return parent == null || state.parent() == parent;
    }

    /** Whether this state has the version that the value shows. */
    boolean sameVersion(Version state) {
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
