// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Design.Column;
import dev.freshet.lab.plan.design.Design.Identity;
import dev.freshet.lab.plan.design.Design.Reference;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.DesignGenerator;
import dev.freshet.lab.plan.design.DesignYaml;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.EpisodeGenerator;
import dev.freshet.model.finding.Severity;
import dev.freshet.model.mapping.ColumnUses;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.CatalogTable.UniqueIndex;
import dev.freshet.model.mapping.check.MappingCheck;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A database with several random designs that share one mapping. It contains only designs that the mapping check
 * accepts.
 *
 * @param statements create the tables and rows
 * @param mapping the text of the mapping file
 */
public record GeneratedDatabase(List<String> statements, String mapping) {
    private static final int BREADTH = 12;
    private static final int LONG = 2_400;

    /** Equal seeds give equal databases. */
    public static GeneratedDatabase of(long seed, int designs) {
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        var tables = new ArrayList<Table>();
        var statements = new ArrayList<String>();
        for (int i = 0; i < designs; i++) {
            Design design = checked(random, "d" + i + "t");
            tables.addAll(design.tables());
            statements.addAll(new Script(design, random).statements());
        }
        return new GeneratedDatabase(List.copyOf(statements), DesignYaml.of(new Design(tables)));
    }

    private static Design checked(Random random, String prefix) {
        while (true) {
            Design design = carried(new DesignGenerator(random, prefix).design());
            if (MappingCheck.check(parse(design), table -> catalog(design, table.table())).stream()
                    .noneMatch(problem -> problem.severity() == Severity.ERROR)) {
                return design;
            }
        }
    }

    private static Mapping parse(Design design) {
        return MappingParser.parse("random.yaml", new StringReader(DesignYaml.of(design)));
    }

    /** Gives tables a replica identity that carries what the mapping needs, as the check demands. */
    private static Design carried(Design design) {
        Mapping mapping = parse(design);
        var uses = ColumnUses.of(mapping);
        return new Design(design.tables().stream()
                .map(table -> {
                    EntityMapping entity = mapping.entity(table.name());
                    Set<String> placing = ColumnUses.placing(uses, entity);
                    Set<String> identity = Set.copyOf(table.identity().columns());
                    boolean indexed = identity.stream()
                            .noneMatch(column -> table.column(column).nullable());
                    return identity.containsAll(placing) && indexed ? table : table.with(Identity.FULL);
                })
                .toList());
    }

    private static Optional<CatalogTable> catalog(Design design, String name) {
        Table table = design.table(name);
        Map<String, CatalogTable.Column> columns = new LinkedHashMap<>();
        table.columns()
                .forEach(c -> columns.put(c.name(), new CatalogTable.Column(c.text() ? "text" : "int4", c.nullable())));
        return Optional.of(new CatalogTable(
                dev.freshet.model.mapping.TableName.of(name),
                columns,
                List.of(new UniqueIndex(name + "_pkey", table.id(), true)),
                new CatalogTable.Identity(
                        table.identity().isFull(), Set.copyOf(table.identity().columns())),
                Optional.empty(),
                List.of()));
    }

    /** The SQL of one design. */
    private record Script(Design design, Random random) {
        List<String> statements() {
            var statements = new ArrayList<String>();
            design.tables().forEach(table -> create(table, statements));
            Tables rows = new EpisodeGenerator(design, random, BREADTH).rows();
            for (Table table : design.tables()) {
                rows.of(table.name()).values().forEach(row -> statements.add(insert(table, row)));
            }
            design.tables().forEach(table -> constrain(table, statements));
            return statements;
        }

        private static void create(Table table, List<String> statements) {
            String columns = table.columns().stream()
                    .map(c -> c.name() + (c.text() ? " text" : " int") + (c.nullable() ? "" : " NOT NULL"))
                    .collect(Collectors.joining(", "));
            statements.add("CREATE TABLE %s (%s, PRIMARY KEY (%s))"
                    .formatted(table.name(), columns, String.join(", ", table.id())));
            table.columns().stream()
                    .filter(Column::text)
                    .forEach(c -> statements.add(
                            "ALTER TABLE %s ALTER COLUMN %s SET STORAGE EXTERNAL".formatted(table.name(), c.name())));
            Identity identity = table.identity();
            if (identity.isFull()) {
                statements.add("ALTER TABLE " + table.name() + " REPLICA IDENTITY FULL");
            } else if (!Set.copyOf(identity.columns()).equals(Set.copyOf(table.id()))) {
                statements.add("CREATE UNIQUE INDEX %s_identity ON %s (%s)"
                        .formatted(table.name(), table.name(), String.join(", ", identity.columns())));
                statements.add("ALTER TABLE %s REPLICA IDENTITY USING INDEX %s_identity"
                        .formatted(table.name(), table.name()));
            }
        }

        private String insert(Table table, Map<String, String> row) {
            String values = row.entrySet().stream()
                    .map(e -> e.getValue() == null ? "NULL" : "'" + value(table, e.getKey(), e.getValue()) + "'")
                    .collect(Collectors.joining(", "));
            return "INSERT INTO %s (%s) VALUES (%s)".formatted(table.name(), String.join(", ", row.keySet()), values);
        }

        /** Makes some texts so long that they are stored outside of their row. */
        private String value(Table table, String column, String value) {
            boolean matched = table.id().contains(column)
                    || table.identity().columns().contains(column)
                    || table.references().stream().anyMatch(r -> r.columns().contains(column))
                    || design.pointingAt(table.name()).stream()
                            .anyMatch(from -> from.getValue().to().contains(column));
            boolean lengthened = table.column(column).text() && !matched && random.nextInt(3) == 0;
            return lengthened ? value + "x".repeat(LONG) : value;
        }

        /** Adds real foreign keys where possible, with all actions. Existing dangling rows may stay. */
        private void constrain(Table table, List<String> statements) {
            for (Reference reference : table.references()) {
                if (reference.to().equals(design.table(reference.target()).id()) && random.nextBoolean()) {
                    List<String> actions =
                            reference.columns().stream().map(table::column).allMatch(Column::nullable)
                                    ? List.of("CASCADE", "SET NULL")
                                    : List.of("CASCADE");
                    statements.add(
                            "ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (%s) ON DELETE %s ON UPDATE %s NOT VALID"
                                    .formatted(
                                            table.name(),
                                            String.join(", ", reference.columns()),
                                            reference.target(),
                                            String.join(", ", reference.to()),
                                            actions.get(random.nextInt(actions.size())),
                                            actions.get(random.nextInt(actions.size()))));
                }
            }
        }
    }
}
