// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.micro;

import dev.freshet.core.stream.Header;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Origin;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;

/** Mappings and rows that the benchmarks share. */
final class Samples {
    /** The columns of {@code item}, as they come in the stream. */
    static final List<String> COLUMNS = List.of("id", "version", "shop_id", "email", "name", "price", "changed_at");

    private static final Header HEADER = Header.of(COLUMNS);
    private static final Origin ORIGIN = new Origin(1, new Lsn(1), Instant.EPOCH);

    private Samples() {}

    /** A mapping of one table with one key template. */
    static Mapping withKey(String template) {
        return mapping("keys: [ \"" + template + "\" ]", "");
    }

    /** A mapping of one table whose rows belong to shops, for readers that use tags. */
    static Mapping withTags() {
        return mapping("references: { shop: shop_id }\n    parent: shop\n    listed: [name]", """
              shop:
                table: shop
                id: id
            """);
    }

    private static Mapping mapping(String ofItem, String more) {
        return MappingParser.parse(
                "bench.yaml", new StringReader("""
                freshet: 1
                namespace: bench
                %s
                entities:
                %s
                  item:
                    table: item
                    id: id
                    %s
                """.formatted(more.isEmpty() ? "" : "tags: true", more, ofItem)));
    }

    /** The values of a row of {@code item}. */
    static String[] values(int version) {
        return new String[] {
            "4711",
            Integer.toString(version),
            "42",
            "Jane.Doe@Example.org",
            "a thing",
            "12.50",
            "2026-02-03 04:05:06+00"
        };
    }

    /** A row of {@code item}. */
    static Row row(int version) {
        return Row.of(HEADER, values(version));
    }

    /** An update of a row, with its old image. */
    static RowChange update() {
        return new RowChange(TableName.of("item"), Operation.UPDATE, row(1), row(2), ORIGIN);
    }
}
