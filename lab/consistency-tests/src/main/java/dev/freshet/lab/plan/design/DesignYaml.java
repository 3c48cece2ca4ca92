// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.design;

import dev.freshet.lab.plan.design.Design.From;
import dev.freshet.lab.plan.design.Design.Reference;
import dev.freshet.lab.plan.design.Design.Rules;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.Design.Template;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a design as a mapping file. */
public final class DesignYaml {
    private final StringBuilder text = new StringBuilder("freshet: 1\nentities:\n");

    private DesignYaml() {}

    public static String of(Design design) {
        var yaml = new DesignYaml();
        design.tables().forEach(yaml::table);
        return yaml.text.toString();
    }

    private void table(Table table) {
        line(2, table.name() + ":");
        // Both spellings occur in one file.
        line(4, "table: " + (table.columns().size() % 2 == 0 ? table.name() : "'public.\"" + table.name() + "\"'"));
        line(4, "id: " + list(table.id()));
        if (!table.references().isEmpty()) {
            line(4, "references:");
            table.references().forEach(this::reference);
        }
        rules(table.rules());
        for (String role : List.of("keys", "resolved", "listing")) {
            List<Template> templates = table.templates().stream()
                    .filter(t -> t.role().equals(role))
                    .toList();
            if (!templates.isEmpty()) {
                line(4, role + ":");
                templates.forEach(this::template);
            }
        }
    }

    private void reference(Reference reference) {
        line(
                6,
                "%s: { entity: %s, columns: %s, to: %s }"
                        .formatted(
                                reference.name(), reference.target(), list(reference.columns()), list(reference.to())));
    }

    private void rules(Rules rules) {
        some("parent", rules.parent());
        some("isolate", rules.isolate());
        some("inherited", rules.inherited() == null ? null : list(rules.inherited()));
        some("listed", rules.listed() == null ? null : list(rules.listed()));
        some("ignored", rules.ignored() == null ? null : list(rules.ignored()));
        some("tags", rules.tags());
    }

    private void some(String key, Object value) {
        if (value != null) {
            line(4, key + ": " + value);
        }
    }

    private void template(Template template) {
        line(6, "- key: \"" + String.join("", template.pieces()) + '"');
        if (template.on() != null) {
            line(8, "on: " + list(template.on()));
        }
        if (template.when() != null) {
            line(8, "when: \"" + template.when() + '"');
        }
        if (!template.from().isEmpty()) {
            line(8, "from:");
            template.from().forEach((path, rows) -> line(10, '"' + path + "\": " + rows(rows)));
        }
    }

    private static String rows(From from) {
        String columns = list(from.columns());
        return from.when() == null ? columns : "{ on: " + columns + ", when: \"" + from.when() + "\" }";
    }

    private static String list(List<String> names) {
        return names.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private void line(int indent, String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
    }
}
