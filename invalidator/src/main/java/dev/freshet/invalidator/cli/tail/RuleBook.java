// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import dev.freshet.core.plan.Planner;
import dev.freshet.invalidator.cli.explain.Wording;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.pattern.KeyReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the lines of a mapping by which something was evicted. Immutable. */
final class RuleBook {
    private final List<Rule> rules = new ArrayList<>();
    private final Mapping mapping;

    /** @param tables whose changes evict keys of the template */
    private record Rule(EntityMapping owner, KeyTemplate template, KeyReader reader, Set<String> tables) {
        boolean isTold(Told.Eviction eviction) {
            return template.text().equals(eviction.template());
        }

        boolean makes(Told.Eviction eviction) {
            if (!tables.contains(eviction.table())) {
                return false;
            }
            return eviction.kind().equals("keys")
                    ? template.glob().equals(eviction.name())
                    : !reader.readings(eviction.name()).isEmpty() || reader.cannotTell(eviction.name());
        }
    }

    /** What a line of the mapping is called: the text of its template, or its number. */
    record Found(String text, int line, String told) {
        boolean is(String rule) {
            return text.equals(rule) || Integer.toString(line).equals(rule);
        }
    }

    RuleBook(Mapping mapping) {
        this.mapping = mapping;
        for (EntityMapping owner : mapping.entities().values()) {
            for (KeyTemplate template : owner.templates()) {
                Mapping alone = mapping.only(owner, template);
                var planner = new Planner(alone);
                Set<String> tables = new HashSet<>();
                alone.entities().values().stream()
                        .filter(entity -> !planner.influences(entity).isEmpty())
                        .forEach(entity -> tables.add(entity.table().toString()));
                rules.add(new Rule(
                        owner, template, KeyReader.of(mapping, owner, template, table -> Optional.empty()), tables));
            }
        }
    }

    /**
     * The line that evicted it, as the invalidator tells. If it does not, as one of an older version, the lines that can
     * have: without the types of columns a value in a key may have any text.
     */
    List<Found> of(Told.Eviction eviction) {
        if (eviction.kind().startsWith("tag")) {
            int colon = eviction.name().indexOf(':');
            return Optional.ofNullable(mapping.entities().get(eviction.name().substring(0, Math.max(0, colon))))
                    .map(entity -> List.of(
                            new Found(entity.name(), entity.at().line(), "tags of " + entity + ", " + entity.at())))
                    .orElse(List.of());
        }
        if (eviction.template() == null) {
            return rules.stream()
                    .filter(rule -> rule.makes(eviction))
                    .map(RuleBook::found)
                    .toList();
        }
        List<Rule> told = rules.stream().filter(rule -> rule.isTold(eviction)).toList();
        if (told.isEmpty()) {
            return List.of(new Found(
                    eviction.template(),
                    eviction.line(),
                    eviction.template() + ", line " + eviction.line() + " of the mapping that the invalidator has"));
        }
        // Two entities may have templates with the same text.
        return told.stream()
                .filter(rule -> rule.template().at().line() == eviction.line())
                .findFirst()
                .map(rule -> List.of(found(rule)))
                .orElseGet(() -> told.stream().map(RuleBook::found).toList());
    }

    private static Found found(Rule rule) {
        return new Found(
                rule.template().text(),
                rule.template().at().line(),
                rule.template() + ", " + Wording.place(rule.owner(), rule.template()));
    }
}
