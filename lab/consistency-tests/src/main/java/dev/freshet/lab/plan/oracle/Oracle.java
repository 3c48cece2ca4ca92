// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan.oracle;

import dev.freshet.lab.plan.design.Tables;
import dev.freshet.model.mapping.ColumnSet;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.TableName;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Computes every key and tag from all existing rows, together with the facts that its value is computed from, as
 * defined in {@code docs/mapping-language.md} and {@code docs/keys-and-tags.md}. A key or tag is stale if its facts
 * have changed. Not thread-safe.
 */
public final class Oracle {
    private final Mapping mapping;
    private final List<TemplateFacts> templates = new ArrayList<>();

    public Oracle(Mapping mapping) {
        this.mapping = mapping;
        for (EntityMapping entity : mapping.entities().values()) {
            for (KeyTemplate template : entity.templates()) {
                templates.add(new TemplateFacts(mapping, entity, template, templates.size()));
            }
        }
    }

    /** The facts of each key and tag, spelled as in {@link Target}. */
    public Map<String, Set<String>> facts(Function<TableName, Collection<Map<String, String>>> rows) {
        Map<String, Set<String>> facts = new HashMap<>();
        templates.forEach(template -> template.addTo(rows, facts));
        for (EntityMapping entity : mapping.entities().values()) {
            for (Map<String, String> row : rows.apply(entity.table())) {
                ownTags(entity, row, facts);
                listTag(entity, row, facts);
            }
        }
        return facts;
    }

    /** The keys and tags that became stale between two states. */
    public static Set<String> stale(Map<String, Set<String>> before, Map<String, Set<String>> after) {
        Set<String> stale = new LinkedHashSet<>();
        before.forEach((key, facts) -> {
            if (!facts.equals(after.get(key))) {
                stale.add(key);
            }
        });
        after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(stale::add);
        return stale;
    }

    private void ownTags(EntityMapping entity, Map<String, String> row, Map<String, Set<String>> facts) {
        if (!entity.tags()) {
            return;
        }
        List<String> id = Tables.values(row, entity.id());
        Isolate isolate = isolate(entity, row);
        add(facts, Target.tag(isolate, Tag.row(entity.name(), id)), shown(row, entity.watched(), Set.of()));
        Set<String> place = Set.copyOf(entity.parent().map(Reference::columns).orElse(List.of()));
        for (EntityMapping child : mapping.childrenOf(entity)) {
            String inherited = shown(row, entity.inherited(), place);
            add(facts, Target.tag(isolate, Tag.inherited(entity.name(), id)), inherited);
            add(facts, Target.tag(isolate, Tag.children(entity.name(), id, child.name())), "the parent exists");
        }
    }

    private void listTag(EntityMapping entity, Map<String, String> row, Map<String, Set<String>> facts) {
        EntityMapping parent = mapping.parentOf(entity).orElse(null);
        if (parent == null || !parent.tags()) {
            return;
        }
        Reference reference = entity.parent().orElseThrow();
        var id = new ArrayList<String>();
        parent.id()
                .forEach(column ->
                        id.add(row.get(reference.columns().get(reference.to().indexOf(column)))));
        if (!id.contains(null)) {
            String shown =
                    Tables.values(row, entity.id()) + shown(row, entity.listed(), new HashSet<>(reference.columns()));
            add(facts, Target.tag(isolate(entity, row), Tag.children(parent.name(), id, entity.name())), shown);
        }
    }

    private static Isolate isolate(EntityMapping entity, Map<String, String> row) {
        String owner = entity.isolate().map(row::get).orElse(null);
        return owner == null ? Isolate.SHARED : Isolate.of(owner);
    }

    static String shown(Map<String, String> row, ColumnSet columns, Set<String> more) {
        var shown = new StringBuilder();
        row.forEach((column, value) -> {
            if (more.contains(column) || columns.contains(column)) {
                shown.append(column)
                        .append('=')
                        .append(value == null ? "~" : "'" + value + "'")
                        .append(' ');
            }
        });
        return shown.toString();
    }

    static void add(Map<String, Set<String>> facts, String key, String fact) {
        facts.computeIfAbsent(key, k -> new HashSet<>(4)).add(fact);
    }
}
