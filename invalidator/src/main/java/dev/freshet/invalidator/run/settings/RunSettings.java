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
 * @param onPromotion what to do when a standby was promoted
 */
public record RunSettings(
        JdbcSettings database,
        Mapping mapping,
        String slot,
        String publication,
        RunTimings timings,
        boolean takeOver,
        OnUnreadable onUnreadable,
        OnPromotion onPromotion) {
    /** Settings that purge after a promotion. */
    public RunSettings(
            JdbcSettings database,
            Mapping mapping,
            String slot,
            String publication,
            RunTimings timings,
            boolean takeOver,
            OnUnreadable onUnreadable) {
        this(database, mapping, slot, publication, timings, takeOver, onUnreadable, OnPromotion.PURGE);
    }

    /** Settings without taking over, that purge on unreadable changes. */
    public RunSettings(JdbcSettings database, Mapping mapping, String slot, String publication, RunTimings timings) {
        this(database, mapping, slot, publication, timings, false, OnUnreadable.PURGE);
    }

    /** The same settings, with another choice for unreadable changes. */
    public RunSettings with(OnUnreadable choice) {
        return new RunSettings(database, mapping, slot, publication, timings, takeOver, choice, onPromotion);
    }

    /** The same settings, with another choice for promotions. */
    public RunSettings with(OnPromotion choice) {
        return new RunSettings(database, mapping, slot, publication, timings, takeOver, onUnreadable, choice);
    }

    /** The same settings, with another mapping. */
    public RunSettings with(Mapping other) {
        return new RunSettings(database, other, slot, publication, timings, takeOver, onUnreadable, onPromotion);
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
