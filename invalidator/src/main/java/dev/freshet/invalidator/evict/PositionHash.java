// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import static dev.freshet.invalidator.evict.Script.utf8;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A position as the fields of a Redis hash. Spelled in {@code docs/keys-and-tags.md}. */
final class PositionHash {
    private PositionHash() {}

    static Map<byte[], byte[]> of(Position position) {
        var fields = new LinkedHashMap<byte[], byte[]>();
        fields.put(utf8("system"), utf8(position.systemIdentifier()));
        fields.put(utf8("slot"), utf8(position.slot()));
        fields.put(utf8("lsn"), utf8(lsn(position.lsn())));
        fields.put(utf8("committed-at"), utf8(micros(position.committedAt())));
        fields.put(utf8("updated-at"), utf8(micros(position.updatedAt())));
        fields.put(utf8("epoch"), utf8(Long.toString(position.epoch())));
        return fields;
    }

    /** Empty if there is no such hash. */
    static Optional<Position> read(Map<byte[], byte[]> hash) {
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<String, String>();
        hash.forEach((field, value) -> fields.put(text(field), text(value)));
        return Optional.of(new Position(
                field(fields, "system"),
                field(fields, "slot"),
                lsn(field(fields, "lsn")),
                instant(field(fields, "committed-at")),
                instant(field(fields, "updated-at")),
                Long.parseLong(field(fields, "epoch"))));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "the published position has no field '" + name + "' but " + fields.keySet());
        }
        return value;
    }

    /** As PostgreSQL prints it, such as {@code 0/1A2B3C4}. */
    private static String lsn(long lsn) {
        return String.format("%X/%X", lsn >>> 32, lsn & 0xFFFF_FFFFL);
    }

    private static long lsn(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalStateException("the published lsn is '" + text + "', expected one such as 0/1A2B3C4");
        }
        return Long.parseLong(text.substring(0, slash), 16) << 32 | Long.parseLong(text.substring(slash + 1), 16);
    }

    private static String micros(Instant instant) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
