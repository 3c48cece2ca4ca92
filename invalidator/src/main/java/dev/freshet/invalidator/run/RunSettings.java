// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.capture.Profile;
import dev.freshet.invalidator.source.SourceNames;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.support.config.JdbcSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a run works on.
 *
 * @param database the primary
 * @param visibilityTimeout how long a commit may stay invisible before the stream is opened again
 * @param heartbeat how often a marker is written
 */
public record RunSettings(
        JdbcSettings database,
        Mapping mapping,
        String slot,
        String publication,
        Profile profile,
        Duration visibilityTimeout,
        Duration heartbeat) {
    SourceNames names() {
        return new SourceNames(
                slot,
                publication,
                Set.copyOf(mapping.tables()).stream()
                        .sorted(java.util.Comparator.comparing(Object::toString))
                        .toList());
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
