// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.plan.Planner;
import dev.freshet.debezium.CaptureSettings;
import dev.freshet.debezium.Profile;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.support.config.JdbcSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        Profile profile,
        RunTimings timings,
        boolean takeOver,
        OnUnreadable onUnreadable) {
    /** Settings without taking over, that purge on unreadable changes. */
    public RunSettings(
            JdbcSettings database,
            Mapping mapping,
            String slot,
            String publication,
            Profile profile,
            RunTimings timings) {
        this(database, mapping, slot, publication, profile, timings, false, OnUnreadable.PURGE);
    }

    /** The same settings, with another choice for unreadable changes. */
    public RunSettings with(OnUnreadable choice) {
        return new RunSettings(database, mapping, slot, publication, profile, timings, takeOver, choice);
    }

    /** What the run promises to readers. */
    Contract contract(Coverage coverage) {
        return new Contract(owner(), meaning().hash(), coverage);
    }

    Meaning meaning() {
        return Meaning.of(mapping);
    }

    private static String owner() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
        return host + ":" + ProcessHandle.current().pid();
    }

    /** The same settings, with only the server that is the primary now. */
    RunSettings at(JdbcSettings primary) {
        return new RunSettings(primary, mapping, slot, publication, profile, timings, takeOver, onUnreadable);
    }

    /** The stream that a run reads. */
    CaptureSettings capture() {
        return new CaptureSettings(database, slot, publication, Set.copyOf(mapping.tables()), profile);
    }

    /** What a mapping needs from PostgreSQL. The planner knows in which tables rows are looked up. */
    public static CaptureScope names(String slot, String publication, Mapping mapping, Planner planner) {
        return new CaptureScope(slot, publication, mapping.tables(), lookedUp(planner));
    }

    private static Map<TableName, Set<String>> lookedUp(Planner planner) {
        var tables = new LinkedHashMap<TableName, Set<String>>();
        planner.reads().forEach((table, reads) -> {
            if (!reads.by().isEmpty()) {
                tables.put(table, reads.by().stream().flatMap(List::stream).collect(Collectors.toSet()));
            }
        });
        return tables;
    }

    /** Redis globs of the keys that a purge of the namespace does not reach: readers store these themselves. */
    List<String> keyGlobs() {
        return mapping.entities().values().stream()
                .flatMap(entity -> entity.templates().stream())
                .map(template -> template.glob())
                .distinct()
                .toList();
    }
}
