// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.CaptureSettings;
import dev.freshet.invalidator.capture.Profile;
import dev.freshet.invalidator.plan.Planner;
import dev.freshet.invalidator.source.CaptureScope;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.meaning.Meaning;
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
 * What a run works on.
 *
 * @param database the primary, or several servers of which one is it
 * @param takeOver whether the namespace may be taken from another owner, and the slot from an instance of another mapping
 * @param onUnreadable what becomes of changes that cannot be read
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
    /** One that takes over from nobody. */
    public RunSettings(
            JdbcSettings database,
            Mapping mapping,
            String slot,
            String publication,
            Profile profile,
            RunTimings timings) {
        this(database, mapping, slot, publication, profile, timings, false, OnUnreadable.PURGE);
    }

    /** The same with another choice. */
    public RunSettings with(OnUnreadable choice) {
        return new RunSettings(database, mapping, slot, publication, profile, timings, takeOver, choice);
    }

    /** What readers are promised. */
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

    /** The same, with the one server that is the primary now. */
    RunSettings at(JdbcSettings primary) {
        return new RunSettings(primary, mapping, slot, publication, profile, timings, takeOver, onUnreadable);
    }

    /** The stream that a run reads. */
    CaptureSettings capture() {
        return new CaptureSettings(database, slot, publication, Set.copyOf(mapping.tables()), profile);
    }

    /** What of PostgreSQL a mapping needs; the planner says in which tables rows are looked up. */
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

    /** Keys that a purge by namespace does not reach: those of readers that fill the cache themselves. */
    List<String> keyGlobs() {
        return mapping.entities().values().stream()
                .flatMap(entity -> entity.templates().stream())
                .map(template -> template.glob())
                .distinct()
                .toList();
    }
}
