// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.design;

import dev.freshet.lab.plan.design.Design.Column;
import dev.freshet.lab.plan.design.Design.From;
import dev.freshet.lab.plan.design.Design.Identity;
import dev.freshet.lab.plan.design.Design.Reference;
import dev.freshet.lab.plan.design.Design.Rules;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.Design.Template;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generates schemas with mappings that use every feature of the language. */
public final class DesignGenerator {
    private static final List<String> FUNCTIONS =
            List.of("lower(%s)", "left(%s, 1)", "md5(%s)", "coalesce(%s, '0')", "substring(%s, 2, 1)");

    private static final List<String> TEXT_FUNCTIONS = List.of(
            "lower(%s)",
            "upper(%s)",
            "left(%s, 1)",
            "left(%s, 2)",
            "md5(%s)",
            "md5(lower(%s))",
            "format(%s, 'YYYY-MM')",
            "format(%s, 'IYYY/IW', 'Asia/Tokyo')",
            "replace(%s, 'x', 'a')",
            "replace(%s, ':', '')",
            "split_part(%s, ':', 2)",
            "split_part(%s, ':', -1)",
            "coalesce(%s, 'a')",
            "lower(coalesce(%s, 'É'))",
            "coalesce(upper(%s), '')",
            "substring(%s, 2, 2)",
            "trim(%s)");

    private final Random random;
    private final ConditionGenerator conditions;
    private final String prefix;

    public DesignGenerator(Random random) {
        this(random, "t");
    }

    /** @param prefix prefix of the table names */
    public DesignGenerator(Random random, String prefix) {
        this.random = random;
        this.conditions = new ConditionGenerator(random);
        this.prefix = prefix;
    }

    /** A design whose mapping the parser accepts. */
    public Design design() {
        while (true) {
            Design design = draft();
            try {
                MappingParser.parse("random.yaml", new StringReader(DesignYaml.of(design)));
                return design;
            } catch (MappingException e) {
                // Such as cyclic parents or tags that do not fit: try again.
            }
        }
    }

    private Design draft() {
        var tables = new ArrayList<Table>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            tables.add(bare(prefix + i));
        }
        for (int i = 0; i < count; i++) {
            for (int n = random.nextInt(3) + (count > 1 ? random.nextInt(2) : 0); n > 0; n--) {
                tables.set(i, refer(tables.get(i), tables.get(random.nextInt(count))));
            }
        }
        boolean isolated = random.nextInt(3) == 0;
        boolean tagged = random.nextInt(2) == 0;
        tables.replaceAll(table -> rules(table, isolated, tagged));
        var design = new Design(tables);
        tables.replaceAll(table -> table.withTemplates(templates(design, table)).with(identity(table)));
        return new Design(tables);
    }

    private Table bare(String name) {
        var columns = new ArrayList<Column>();
        var id = new ArrayList<String>();
        for (int i = random.nextInt(3) == 0 ? 2 : 1; i > 0; i--) {
            id.add("id" + i);
            columns.add(new Column("id" + i, random.nextInt(4) == 0, false));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            columns.add(new Column("c" + i, random.nextInt(3) == 0, random.nextInt(3) > 0));
        }
        return new Table(name, columns, id, List.of(), Rules.NONE, List.of(), Identity.FULL);
    }

    /**
     * Adds a reference to another table or to the same one. Its columns may be new, or part of the id or of another
     * reference.
     */
    private Table refer(Table table, Table target) {
        List<String> to = random.nextInt(8) == 0 ? List.of(any(target.columns()).name()) : target.id();
        var columns = new ArrayList<>(table.columns());
        var near = new ArrayList<String>();
        String name = "r" + table.references().size();
        for (String far : to) {
            Column column = target.column(far);
            List<Column> same = table.columns().stream()
                    .filter(c -> c.text() == column.text() && !near.contains(c.name()))
                    .toList();
            if (!same.isEmpty() && random.nextInt(3) == 0) {
                near.add(any(same).name());
            } else {
                near.add(name + "_" + far);
                columns.add(new Column(name + "_" + far, column.text(), random.nextInt(4) > 0));
            }
        }
        boolean taken = table.reference(target.name()).isPresent() || random.nextBoolean();
        var references = new ArrayList<>(table.references());
        references.add(new Reference(taken ? name : target.name(), target.name(), near, to));
        return table.withColumns(columns).withReferences(references);
    }

    private Table rules(Table table, boolean isolated, boolean tagged) {
        String parent = !table.references().isEmpty() && random.nextInt(3) > 0
                ? any(table.references()).name()
                : null;
        String isolate = isolated ? any(table.columns()).name() : null;
        return table.with(new Rules(
                parent,
                isolate,
                random.nextInt(2) == 0 ? some(table) : null,
                random.nextInt(2) == 0 ? some(table) : null,
                random.nextInt(3) == 0 ? some(table) : null,
                tagged ? Boolean.valueOf(random.nextInt(6) > 0) : null));
    }

    private Identity identity(Table table) {
        if (random.nextInt(2) == 0) {
            return Identity.FULL;
        }
        var columns = new ArrayList<>(table.id());
        if (random.nextBoolean()) {
            some(table).stream().filter(column -> !columns.contains(column)).forEach(columns::add);
        }
        return new Identity(List.copyOf(columns));
    }

    private List<Template> templates(Design design, Table table) {
        var templates = new ArrayList<Template>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int role = random.nextInt(5);
            var pieces = new ArrayList<String>();
            for (int n = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(3); n >= 0; n--) {
                pieces.add(pieces.isEmpty() ? table.name() + i + ":" : ":");
                if (n > 0) {
                    pieces.add("{" + value(design, table, random.nextInt(2) == 0 ? 0 : random.nextInt(3)) + "}");
                }
            }
            if (pieces.size() > 1 && random.nextInt(8) == 0) {
                pieces.add(pieces.remove(0));
            }
            Map<String, From> from = new LinkedHashMap<>();
            for (int n = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(2); n > 0; n--) {
                var end = new Table[1];
                String path = way(design, table, 1 + random.nextInt(3), end);
                if (!path.isEmpty()) {
                    from.put(path, new From(some(end[0]), random.nextInt(3) == 0 ? conditions.of(end[0]) : null));
                }
            }
            templates.add(new Template(
                    role < 3 ? "keys" : role == 3 ? "resolved" : "listing",
                    List.copyOf(pieces),
                    random.nextInt(2) == 0 ? some(table) : null,
                    random.nextInt(3) == 0 ? conditions.of(table) : null,
                    from));
        }
        return List.copyOf(templates);
    }

    /** A column at the end of a path, or a function of it. */
    private String value(Design design, Table start, int steps) {
        var end = new Table[1];
        String way = way(design, start, steps, end);
        Column column = any(end[0].columns());
        String path = (way.isEmpty() ? "" : way + ".") + column.name();
        return random.nextInt(4) == 0
                ? any(column.text() ? TEXT_FUNCTIONS : FUNCTIONS).formatted(path)
                : path;
    }

    /** Steps in both directions, as far as references exist. */
    private String way(Design design, Table start, int steps, Table[] end) {
        var names = new ArrayList<String>();
        Table here = start;
        for (int i = 0; i < steps; i++) {
            List<Map.Entry<Table, Reference>> down = design.pointingAt(here.name());
            int possible = here.references().size() + down.size();
            if (possible == 0) {
                break;
            }
            int choice = random.nextInt(possible);
            if (choice < here.references().size()) {
                Reference reference = here.references().get(choice);
                names.add(reference.name() + times(here.name(), reference.target()));
                here = design.table(reference.target());
            } else {
                Map.Entry<Table, Reference> step =
                        down.get(choice - here.references().size());
                String entity = step.getKey().name();
                boolean plain = here.reference(entity).isEmpty()
                        && down.stream()
                                        .filter(d -> d.getKey().name().equals(entity))
                                        .count()
                                == 1
                        && random.nextBoolean();
                names.add((plain ? entity : entity + "(" + step.getValue().name() + ")") + times(here.name(), entity));
                here = step.getKey();
            }
        }
        end[0] = here;
        return String.join(".", names);
    }

    /** A step that leads back to the same table may repeat. */
    private String times(String from, String to) {
        return from.equals(to) ? any(List.of("", "*", "+", "*", "+")) : "";
    }

    private List<String> some(Table table) {
        return table.columns().stream()
                .map(Column::name)
                .filter(column -> random.nextInt(3) == 0)
                .toList();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
