// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.cache.store.LoaderDatabase;
import java.util.Objects;

/**
 * Identifies a PostgreSQL database. WAL positions of two clusters cannot be compared, and two databases of one cluster
 * have different rows.
 *
 * @param system {@code system_identifier} of {@code pg_control_system()}, as text; by default every role may query it
 * @param name {@code current_database()}
 */
public record SourceDatabase(String system, String name) {
    public SourceDatabase {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(name, "name");
    }

    LoaderDatabase.Id id() {
        return new LoaderDatabase.Id(system, name);
    }

    /** In the form that the Redis scripts compare: the system, a slash and the name. */
    @Override
    public String toString() {
        return system + "/" + name;
    }
}
