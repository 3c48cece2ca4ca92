// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Design.Column;
import dev.freshet.lab.plan.design.Design.From;
import dev.freshet.lab.plan.design.Design.Reference;
import dev.freshet.lab.plan.design.Design.Rules;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.Design.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes what a mapping says of tables that stay as they are. */
final class MappingEdit {
    private final Random random;

    MappingEdit(Random random) {
        this.random = random;
    }

    /** Another order wherever order means nothing. */
    Design respelled(Design design) {
        List<Table> tables = new ArrayList<>(design.tables());
        tables.replaceAll(table -> {
            List<Template> templates = new ArrayList<>(table.templates());
            templates.replaceAll(template -> new Template(
                    template.role(), template.pieces(), shuffled(template.on()), template.when(), from(template)));
            Rules rules = table.rules();
            return table.with(new Rules(
                            rules.parent(),
                            rules.isolate(),
                            shuffled(rules.inherited()),
                            shuffled(rules.listed()),
                            shuffled(rules.ignored()),
                            rules.tags()))
                    .withTemplates(shuffled(templates))
                    .withReferences(shuffled(table.references()));
        });
        return new Design(shuffled(tables));
    }

    private Map<String, From> from(Template template) {
        Map<String, From> from = new LinkedHashMap<>();
        shuffled(new ArrayList<>(template.from().keySet())).forEach(path -> {
            From rows = template.from().get(path);
            from.put(path, new From(shuffled(rows.columns()), rows.when()));
        });
        return from;
    }

    /** The same but for one thing or some, which may mean nothing. */
    Design edited(Design design) {
        Design edited = design;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int index = random.nextInt(edited.tables().size());
            edited = edited.with(index, edited(edited.tables().get(index)));
        }
        return edited;
    }

    private Table edited(Table table) {
        return switch (random.nextInt(4)) {
            case 0 -> table.with(edited(table, table.rules()));
            case 1 -> table.references().isEmpty() ? table : table.withReferences(otherColumns(table));
            case 2 -> otherId(table);
            default -> table.withTemplates(otherTemplates(table));
        };
    }

    private Rules edited(Table table, Rules rules) {
        String parent = rules.parent();
        String isolate = rules.isolate();
        List<String> inherited = rules.inherited();
        List<String> listed = rules.listed();
        List<String> ignored = rules.ignored();
        Boolean tags = rules.tags();
        switch (random.nextInt(6)) {
            case 0 ->
                parent = table.references().isEmpty() || random.nextBoolean()
                        ? null
                        : any(table.references()).name();
            case 1 -> isolate = isolate == null ? null : any(table.columns()).name();
            case 2 -> inherited = random.nextBoolean() ? null : some(table);
            case 3 -> listed = random.nextBoolean() ? null : some(table);
            case 4 -> ignored = random.nextBoolean() ? null : some(table);
            default -> tags = tags == null || !tags;
        }
        return new Rules(parent, isolate, inherited, listed, ignored, tags);
    }

    private List<Reference> otherColumns(Table table) {
        List<Reference> references = new ArrayList<>(table.references());
        int index = random.nextInt(references.size());
        Reference reference = references.get(index);
        List<String> columns = new ArrayList<>(reference.columns());
        columns.set(random.nextInt(columns.size()), any(table.columns()).name());
        references.set(index, new Reference(reference.name(), reference.target(), columns, reference.to()));
        return references;
    }

    private Table otherId(Table table) {
        List<String> id = new ArrayList<>(table.id());
        if (random.nextBoolean()) {
            Collections.reverse(id);
        } else {
            String more = any(table.columns()).name();
            if (!id.remove(more) || id.isEmpty()) {
                id.add(more);
            }
        }
        return new Table(
                table.name(),
                table.columns(),
                id,
                table.references(),
                table.rules(),
                table.templates(),
                table.identity());
    }

    private List<Template> otherTemplates(Table table) {
        List<Template> templates = new ArrayList<>(table.templates());
        if (templates.isEmpty() || random.nextInt(5) == 0) {
            templates.add(new Template(
                    any(List.of("keys", "resolved", "listing")),
                    List.of("new:", "{" + any(table.columns()).name() + "}"),
                    random.nextBoolean() ? null : some(table),
                    null,
                    Map.of()));
            return templates;
        }
        int index = random.nextInt(templates.size());
        Template template = templates.get(index);
        switch (random.nextInt(8)) {
            case 0 -> templates.remove(index);
            case 1 ->
                templates.set(
                        index,
                        new Template(
                                template.role(),
                                template.pieces(),
                                random.nextBoolean() ? null : some(table),
                                template.when(),
                                template.from()));
            case 2 ->
                templates.set(
                        index,
                        new Template(
                                any(List.of("keys", "resolved", "listing")),
                                template.pieces(),
                                template.on(),
                                template.when(),
                                template.from()));
            case 3 ->
                templates.set(
                        index,
                        new Template(template.role(), template.pieces(), template.on(), template.when(), Map.of()));
            case 4 -> {
                String when = template.when() == null ? any(table.columns()).name() + " is null" : null;
                templates.set(
                        index, new Template(template.role(), template.pieces(), template.on(), when, template.from()));
            }
            case 5 -> {
                Map<String, From> from = new LinkedHashMap<>(template.from());
                from.replaceAll((path, rows) -> new From(rows.columns(), null));
                templates.set(
                        index, new Template(template.role(), template.pieces(), template.on(), template.when(), from));
            }
            case 6 -> {
                List<String> pieces = template.pieces().stream()
                        .map(piece ->
                                piece.startsWith("{") ? "{md5(" + piece.substring(1, piece.length() - 1) + ")}" : piece)
                        .toList();
                templates.set(
                        index, new Template(template.role(), pieces, template.on(), template.when(), template.from()));
            }
            default -> {
                List<String> pieces = new ArrayList<>(template.pieces());
                pieces.add(":{" + any(table.columns()).name() + "}");
                templates.set(
                        index, new Template(template.role(), pieces, template.on(), template.when(), template.from()));
            }
        }
        return templates;
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

    private <T> List<T> shuffled(List<T> list) {
        if (list == null) {
            return null;
        }
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
