// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.mapping.TableName;
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
 * @param uniqueIndexes the unique indexes that apply to every row: valid, without condition or expression
 * @param identity the columns of an old row that the WAL carries
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
     * @param type name of the type in {@code pg_type}; for a domain its base type, and {@code enum} for every enum. For
     *     people, {@link #typeName}
     * @param scale the declared scale of a numeric
     * @param deterministic whether the column's collation is deterministic: only identical texts are equal
     * @param labels the labels of an enum; empty if the type is not an enum or its labels are not known
     * @param published whether the change stream contains the column. Before PostgreSQL 18 it contains no generated
     *     columns, and it never contains virtual ones.
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

        /** A published column. */
        public Column(String type, boolean nullable, OptionalInt scale, boolean deterministic, List<String> labels) {
            this(type, nullable, scale, deterministic, labels, true);
        }

        /** A published column whose type is not an enum. */
        public Column(String type, boolean nullable, OptionalInt scale, boolean deterministic) {
            this(type, nullable, scale, deterministic, List.of());
        }

        /** A published column with no declared scale, and with no collation or a deterministic one. */
        public Column(String type, boolean nullable) {
            this(type, nullable, OptionalInt.empty(), true);
        }

        /** The type as people write it, such as {@code integer} for {@code int4}. */
        public String typeName() {
            return TypeNames.printed(type);
        }

        @Override
        public String toString() {
            return typeName() + (scale.isPresent() ? " with " + scale.getAsInt() + " decimals" : "");
        }
    }

    /**
     * A unique index.
     *
     * @param immediate whether it holds after every statement, as a replica identity needs
     */
    public record UniqueIndex(String name, List<String> columns, boolean immediate) {}

    /** The replica identity: the whole row, or some of its columns. */
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
    public List<CatalogTable> stored() {
        return partitions.isEmpty() ? List.of(this) : partitions;
    }

    /** Whether no two rows can have the same values in these columns. */
    boolean isUnique(Collection<String> key) {
        return uniqueIndexes.stream().anyMatch(index -> key.containsAll(index.columns()));
    }

    /** The SQL statement that gives the table a replica identity covering these columns. */
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
