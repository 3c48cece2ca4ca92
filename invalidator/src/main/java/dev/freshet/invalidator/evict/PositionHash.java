// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.invalidator.source.Lsn;
import dev.freshet.protocol.Contract;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A position as the fields of a Redis hash. Spelled in {@code docs/keys-and-tags.md}. */
final class PositionHash {
    private static final Logger LOG = LoggerFactory.getLogger(PositionHash.class);

    private PositionHash() {}

    /** The canonical form of the mapping, which is kept for the next start. */
    static final String MAPPING_TEXT = "mapping-text";

    /** The fields that are gone while it is withdrawn: what remains says whose it was. */
    static final List<String> WITHDRAWN = List.of("lsn", "held-at", "committed-at", "updated-at", "master");

    /**
     * The fields that are gone once another owner has the namespace: until that publishes, no reader may take what was cached
     * for the former one, which may be of another database.
     */
    static final List<String> TAKEN_OVER = Stream.of(
                    WITHDRAWN, Contract.COVERAGE, List.of("read-by", "read-from", "lost", "enough"))
            .flatMap(List::stream)
            .toList();

    /** Field, value, and so on; without those that the script itself knows. */
    static List<String> of(Position position) {
        var origin = position.origin();
        var fields = new LinkedHashMap<>(position.contract().fields());
        fields.put("system", origin.systemIdentifier());
        fields.put("timeline", Integer.toString(origin.timeline()));
        fields.put("database", origin.database());
        fields.put("slot", origin.slot());
        fields.put("publication", origin.publication());
        fields.put("epoch", Long.toString(origin.epoch()));
        fields.put("lsn", Lsn.format(position.lsn()));
        fields.put("committed-at", micros(position.committedAt()));
        fields.put("updated-at", micros(position.updatedAt()));
        var args = new ArrayList<String>();
        fields.forEach((name, value) -> args.addAll(List.of(name, value)));
        return args;
    }

    /** Who published last, though the position may be withdrawn. */
    static Optional<Holder> holder(Map<String, String> fields) {
        // A position that is there says by itself what is not understood of it.
        return Contract.of(fields).isPresent() && fields.containsKey("database")
                ? understood(() -> whose(fields))
                : Optional.empty();
    }

    /** Empty if there is none, or none that can be understood: then nobody knows how far everything is evicted. */
    static Optional<Position> read(Map<String, String> fields) {
        if (!fields.containsKey("lsn")) {
            return Optional.empty();
        }
        return understood(() -> {
            var holder = whose(fields);
            return new Position(
                    holder.origin(),
                    holder.contract(),
                    Lsn.parse(field(fields, "lsn")),
                    instant(field(fields, "committed-at")),
                    instant(field(fields, "updated-at")));
        });
    }

    private static Holder whose(Map<String, String> fields) {
        return new Holder(
                new Position.Origin(
                        field(fields, "system"),
                        Integer.parseInt(field(fields, "timeline")),
                        field(fields, "database"),
                        field(fields, "slot"),
                        field(fields, "publication"),
                        Long.parseLong(field(fields, "epoch"))),
                Contract.of(fields)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "it does not say which tags it covers, but has " + fields.keySet())));
    }

    private static <T> Optional<T> understood(Supplier<T> read) {
        try {
            return Optional.of(read.get());
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
