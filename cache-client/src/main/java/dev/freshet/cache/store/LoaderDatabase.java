// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

/** The database that the loaders of a cache read, as far as it is known. Thread-safe. */
public final class LoaderDatabase {
    private volatile Id known;

    /**
     * A database.
     *
     * @param system the system identifier of its cluster
     */
    public record Id(String system, String name) {
        /** In the form that the scripts compare. */
        @Override
        public String toString() {
            return system + "/" + name;
        }
    }

    /** From now on only what belongs to this database counts. */
    public void set(Id database) {
        known = database;
    }

    /** The system identifier of its cluster; null while it is unknown. */
    public String system() {
        Id id = known;
        return id == null ? null : id.system();
    }

    /** In the form that the scripts compare; empty while it is unknown. */
    public String text() {
        Id id = known;
        return id == null ? "" : id.toString();
    }

    /** Whether it is known to be another one. */
    public boolean isOtherThan(String system, String name) {
        Id id = known;
        return id != null && !id.equals(new Id(system, name));
    }
}
