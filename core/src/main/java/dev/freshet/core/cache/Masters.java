// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What all Redis masters reported about themselves. There is one, unless Redis is a cluster. Immutable. */
public record Masters(List<Master> all) {
    public Masters {
        all = List.copyOf(all);
    }

    /**
     * The position that all of them have reached: the lowest. Empty if one of them has none, or if they differ in their
     * origin, such as database, slot or epoch.
     */
    public Optional<Position> position() {
        if (all.stream().anyMatch(master -> master.position().isEmpty())) {
            return Optional.empty();
        }
        var positions = all.stream().map(master -> master.position().get()).toList();
        return positions.stream().map(Position::origin).distinct().count() > 1
                ? Optional.empty()
                : positions.stream().min(Comparator.comparing(Position::lsn));
    }

    /** The distinct last publishers on the masters; more than one if the masters disagree. */
    public List<Holder> holders() {
        return all.stream()
                .flatMap(master -> master.holder().stream())
                .distinct()
                .toList();
    }

    /** The distinct owners of the namespace; more than one if the masters disagree. */
    public List<Owner> owners() {
        return all.stream()
                .flatMap(master -> master.standing().owner().stream())
                .distinct()
                .toList();
    }

    /** The greatest claim on any of them. */
    public long claim() {
        return all.stream().mapToLong(master -> master.standing().claim()).max().orElse(0);
    }

    /** The smallest age bound that readers asked for, over all masters. */
    public Optional<Duration> wanted() {
        return all.stream()
                .map(master -> master.standing().wanted())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Whether each position was published on the master that holds it now. */
    public boolean publishedHere() {
        return all.stream().allMatch(Master::publishedHere);
    }

    /** The clock of the master with this identity, in µs since 1970; empty if it is not among these masters. */
    public Optional<Long> micros(String identity) {
        return all.stream()
                .filter(master -> master.identity().equals(identity))
                .map(Master::micros)
                .findFirst();
    }
}
