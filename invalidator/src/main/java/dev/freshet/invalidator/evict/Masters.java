// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What all masters of Redis said of themselves, one after the other. One, unless it is a cluster. Immutable. */
public record Masters(List<Master> all) {
    public Masters {
        all = List.copyOf(all);
    }

    /**
     * The position that all of them have reached: the lowest. Empty if one of them has none, or they are not of the same
     * database, slot and epoch.
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

    /** Who published last on each of them; as many as do not agree. */
    public List<Holder> holders() {
        return all.stream()
                .flatMap(master -> master.holder().stream())
                .distinct()
                .toList();
    }

    /** Whose the namespace is; as many as do not agree. */
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

    /** How old a position readers take at most, on whichever master they take the least. */
    public Optional<Duration> wanted() {
        return all.stream()
                .map(master -> master.standing().wanted())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Whether each position was published on the master that has it now. */
    public boolean publishedHere() {
        return all.stream().allMatch(Master::publishedHere);
    }

    /** What the clock of a master said, if it was the same master then. */
    Optional<Long> micros(String identity) {
        return all.stream()
                .filter(master -> master.identity().equals(identity))
                .map(Master::micros)
                .findFirst();
    }
}
