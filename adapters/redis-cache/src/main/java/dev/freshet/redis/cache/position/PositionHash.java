// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.core.cache.Holder;
import dev.freshet.core.cache.Position;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.PositionField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A position as the fields of a Redis hash. The format is in {@code docs/keys-and-tags.md}. */
final class PositionHash {
    private static final Logger LOG = LoggerFactory.getLogger(PositionHash.class);

    private PositionHash() {}

    /** Alternating fields and values, without the fields that the script sets itself. */
    static List<String> of(Position position) {
        var origin = position.origin();
        var fields = new LinkedHashMap<>(position.contract().fields());
        fields.put(PositionField.SYSTEM, origin.systemIdentifier());
        fields.put(PositionField.TIMELINE, Integer.toString(origin.timeline()));
        fields.put(PositionField.DATABASE, origin.database());
        fields.put(PositionField.SLOT, origin.slot());
        fields.put(PositionField.PUBLICATION, origin.publication());
        fields.put(PositionField.EPOCH, Long.toString(origin.epoch()));
        fields.put(PositionField.LSN, position.lsn().toString());
        fields.put(PositionField.COMMITTED_AT, micros(position.committedAt()));
        fields.put(PositionField.UPDATED_AT, micros(position.updatedAt()));
        var args = new ArrayList<String>();
        fields.forEach((name, value) -> args.addAll(List.of(name, value)));
        return args;
    }

    /** Who published last, even if the position is withdrawn. */
    static Optional<Holder> holder(Map<String, String> fields) {
        // Without these fields nothing is logged here: read() logs what is wrong with a position that exists.
        return Contract.of(fields).isPresent() && fields.containsKey(PositionField.DATABASE)
                ? understood(() -> whose(fields))
                : Optional.empty();
    }

    /**
     * The position; empty if there is none, or it cannot be parsed. Then nobody knows how far everything is evicted.
     */
    static Optional<Position> read(Map<String, String> fields) {
        if (!fields.containsKey(PositionField.LSN)) {
            return Optional.empty();
        }
        return understood(() -> {
            var holder = whose(fields);
            return new Position(
                    holder.origin(),
                    holder.contract(),
                    Lsn.parse(field(fields, PositionField.LSN)),
                    instant(field(fields, PositionField.COMMITTED_AT)),
                    instant(field(fields, PositionField.UPDATED_AT)));
        });
    }

    private static Holder whose(Map<String, String> fields) {
        return new Holder(
                new Position.Origin(
                        field(fields, PositionField.SYSTEM),
                        Integer.parseInt(field(fields, PositionField.TIMELINE)),
                        field(fields, PositionField.DATABASE),
                        field(fields, PositionField.SLOT),
                        field(fields, PositionField.PUBLICATION),
                        Long.parseLong(field(fields, PositionField.EPOCH))),
                Contract.of(fields)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "it does not say which tags it covers, but has " + fields.keySet())));
    }

    private static <T> Optional<T> understood(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (IllegalArgumentException e) {
            LOG.warn("cannot parse the published position: {}", e.getMessage());
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
