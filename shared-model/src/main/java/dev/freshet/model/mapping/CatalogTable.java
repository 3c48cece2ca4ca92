// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A table as the database describes it.
 *
 * @param columns by name
 * @param uniqueIndexes those that hold for every row: valid, without condition or expression
 * @param identity which columns of an old row the WAL carries
 * @param partitionOf the partitioned table at the top, if this is a partition
 * @param partitions the tables that hold the rows of a partitioned table
 */
public record CatalogTable(
        TableName name,
        Map<String, Column> columns,
        List<UniqueIndex> uniqueIndexes,
        Identity identity,
        Optional<TableName> partitionOf,
        List<CatalogTable> partitions) {

    public CatalogTable {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        uniqueIndexes = List.copyOf(uniqueIndexes);
        partitions = List.copyOf(partitions);
    }

    /**
     * A column.
     *
     * @param type name of the type, of the base type for a domain, and {@code enum} for every enum
     * @param scale that a numeric was declared with
     * @param deterministic whether equal texts are the same texts, by the column's collation
     * @param labels of an enum; empty: it is none, or they are not known
     * @param published whether the stream has it: generated columns it lacks before PostgreSQL 18, and virtual ones always
     */
    public record Column(
            String type,
            boolean nullable,
            OptionalInt scale,
            boolean deterministic,
            List<String> labels,
            boolean published) {
        public Column {
            labels = List.copyOf(labels);
        }

        /** One that the stream has. */
        public Column(String type, boolean nullable, OptionalInt scale, boolean deterministic, List<String> labels) {
            this(type, nullable, scale, deterministic, labels, true);
        }

        /** Of a type that is no enum. */
        public Column(String type, boolean nullable, OptionalInt scale, boolean deterministic) {
            this(type, nullable, scale, deterministic, List.of());
        }

        /** Of a type without scale and collation, or with those that it has by itself. */
        public Column(String type, boolean nullable) {
            this(type, nullable, OptionalInt.empty(), true);
        }

        @Override
        public String toString() {
            return type + (scale.isPresent() ? " with " + scale.getAsInt() + " decimals" : "");
        }
    }

    /**
     * A unique index.
     *
     * @param immediate whether it holds after every statement, as a replica identity needs
     */
    public record UniqueIndex(String name, List<String> columns, boolean immediate) {}

    /** The replica identity: the whole row, or some columns of it. */
    public record Identity(boolean full, Set<String> columns) {
        public static final Identity FULL = new Identity(true, Set.of());

        public Identity {
            columns = Set.copyOf(columns);
        }

        boolean covers(String column) {
            return full || columns.contains(column);
        }
    }

    /** The tables that hold the rows: the partitions, or the table itself. */
    List<CatalogTable> stored() {
        return partitions.isEmpty() ? List.of(this) : partitions;
    }

    /** Whether no two rows have the same values in the columns. */
    boolean isUnique(Collection<String> key) {
        return uniqueIndexes.stream().anyMatch(index -> key.containsAll(index.columns()));
    }

    /** The statement that gives the table a replica identity that covers some columns. */
    String identityFor(Set<String> needed) {
        String table = quote(name.schema()) + "." + quote(name.table());
        return uniqueIndexes.stream()
                .filter(index -> index.immediate()
                        && index.columns().containsAll(needed)
                        && index.columns().stream()
                                .noneMatch(c -> columns.get(c).nullable()))
                .findFirst()
                .map(index -> "ALTER TABLE " + table + " REPLICA IDENTITY USING INDEX " + quote(index.name()) + ";")
                .orElse("ALTER TABLE " + table + " REPLICA IDENTITY FULL;");
    }

    private static String quote(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
