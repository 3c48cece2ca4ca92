// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import java.util.Map;

/** The names of types as people write them, and as PostgreSQL's {@code format_type} prints them. */
final class TypeNames {
    /** By the name in {@code pg_type}, where the two differ. */
    private static final Map<String, String> PRINTED = Map.ofEntries(
            Map.entry("bool", "boolean"),
            Map.entry("bpchar", "character"),
            Map.entry("char", "\"char\""),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("varbit", "bit varying"),
            Map.entry("varchar", "character varying"));

    private TypeNames() {}

    /** @param type as {@code pg_type} names it; of an array with {@code _} before the type of its elements */
    static String printed(String type) {
        return type.startsWith("_") ? printed(type.substring(1)) + "[]" : PRINTED.getOrDefault(type, type);
    }
}
