// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.tail;

import dev.freshet.model.mapping.TableName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which transactions, changes and evictions are shown. Immutable. */
final class TailFilter {
    private final String table;
    private final Pattern key;
    private final String rule;
    private final RuleBook rules;

    /**
     * @param table null for all; so key and rule
     * @param key a pattern of keys or tags, with {@code *} and {@code ?}
     * @param rule a template as it is written, or the number of its line
     * @param rules null if there is no mapping; then there is no rule
     */
    TailFilter(String table, String key, String rule, RuleBook rules) {
        this.table = table == null
                ? null
                : TableName.read(table).map(TableName::toString).orElse(table);
        this.key = key == null ? null : pattern(key);
        this.rule = rule;
        this.rules = rules;
    }

    private static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        glob.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Whether evictions are left out, so that all of them must be looked at. */
    boolean isFiltering() {
        return table != null || key != null || rule != null;
    }

    /** What is shown of a transaction; empty if nothing is. */
    Optional<Told> shown(Told transaction) {
        if (!isFiltering()) {
            return Optional.of(transaction);
        }
        List<Told.Eviction> evictions =
                transaction.evictions().stream().filter(this::matches).toList();
        List<Told.Change> changes = transaction.changes().stream()
                .filter(change -> table == null || change.table().equals(table))
                .toList();
        boolean byEviction = key != null || rule != null;
        return evictions.isEmpty() && (byEviction || changes.isEmpty())
                ? Optional.empty()
                : Optional.of(transaction.with(changes, evictions));
    }

    private boolean matches(Told.Eviction eviction) {
        return (table == null || eviction.table().equals(table))
                && (key == null || key.matcher(eviction.name()).matches())
                && (rule == null || rules.of(eviction).stream().anyMatch(found -> found.is(rule)));
    }
}
