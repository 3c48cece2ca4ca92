// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.settings;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.util.List;

/**
 * The settings of a run.
 *
 * @param database the primary, or several servers of which one is the primary
 * @param takeOver whether to take the namespace from another owner, and the slot from an instance with another mapping
 * @param onUnreadable what to do about changes that cannot be read
 */
public record RunSettings(
        JdbcSettings database,
        Mapping mapping,
        String slot,
        String publication,
        RunTimings timings,
        boolean takeOver,
        OnUnreadable onUnreadable) {
    /** Settings without taking over, that purge on unreadable changes. */
    public RunSettings(JdbcSettings database, Mapping mapping, String slot, String publication, RunTimings timings) {
        this(database, mapping, slot, publication, timings, false, OnUnreadable.PURGE);
    }

    /** The same settings, with another choice for unreadable changes. */
    public RunSettings with(OnUnreadable choice) {
        return new RunSettings(database, mapping, slot, publication, timings, takeOver, choice);
    }

    /** Redis globs of the keys that a purge of the namespace does not reach: readers store these themselves. */
    public List<String> keyGlobs() {
        return mapping.entities().values().stream()
                .flatMap(entity -> entity.templates().stream())
                .map(template -> template.glob())
                .distinct()
                .toList();
    }
}
