// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.invalidator.source.Lsn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A position as the fields of a Redis hash. Spelled in {@code docs/keys-and-tags.md}. */
final class PositionHash {
    private static final Logger LOG = LoggerFactory.getLogger(PositionHash.class);

    private PositionHash() {}

    /** Field, value, and so on; without those that the script itself knows. */
    static List<String> of(Position position) {
        var origin = position.origin();
        return List.of(
                "system", origin.systemIdentifier(),
                "timeline", Integer.toString(origin.timeline()),
                "slot", origin.slot(),
                "publication", origin.publication(),
                "epoch", Long.toString(origin.epoch()),
                "lsn", Lsn.format(position.lsn()),
                "committed-at", micros(position.committedAt()),
                "updated-at", micros(position.updatedAt()));
    }

    /** Empty if there is none, or none that can be understood: then nobody knows how far everything is evicted. */
    static Optional<Position> read(Map<String, String> fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(
                    new Position.Origin(
                            field(fields, "system"),
                            Integer.parseInt(field(fields, "timeline")),
                            field(fields, "slot"),
                            field(fields, "publication"),
                            Long.parseLong(field(fields, "epoch"))),
                    Lsn.parse(field(fields, "lsn")),
                    instant(field(fields, "committed-at")),
                    instant(field(fields, "updated-at"))));
        } catch (IllegalArgumentException e) {
            LOG.warn("the published position cannot be understood: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no field '" + name + "' but " + fields.keySet());
        }
        return value;
    }

    private static String micros(Instant instant) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
