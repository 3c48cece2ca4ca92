// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.invalidator.init.english.Plural;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.CatalogTable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Finds the two sides of a join table: a unique key of it consists of references to two rows. */
final class JoinTables {
    private JoinTables() {}

    /** The two references, if its id consists of them, or another unique key. */
    static Optional<List<DraftReference>> sides(CatalogTable table, List<String> id, List<DraftReference> references) {
        return sides(id, references)
                .or(() -> table.uniqueIndexes().stream()
                        .map(index -> sides(index.columns(), references))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<List<DraftReference>> sides(List<String> key, List<DraftReference> references) {
        List<DraftReference> within = references.stream()
                .filter(each -> each.toId()
                        && key.containsAll(each.columns())
                        && each.columns().size() < key.size())
                .toList();
        for (DraftReference one : within) {
            for (DraftReference other : within) {
                var both = new HashSet<>(one.columns());
                both.addAll(other.columns());
                if (!Objects.equals(one, other) && both.containsAll(key)) {
                    return Optional.of(List.of(one, other));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The keys of the lists on both sides: of the one side's row, the rows of the other.
     *
     * @param join the table
     * @param tables those of the sides
     * @param refers whether the rows of one table refer to those of another by themselves
     */
    static List<DraftKey> lists(
            TableName join,
            List<DraftReference> sides,
            List<TableName> tables,
            BiPredicate<TableName, TableName> refers) {
        return List.of(
                list(join, sides.get(0), sides.get(1), tables.get(0), tables.get(1), refers),
                list(join, sides.get(1), sides.get(0), tables.get(1), tables.get(0), refers));
    }

    private static DraftKey list(
            TableName join,
            DraftReference of,
            DraftReference shown,
            TableName owner,
            TableName table,
            BiPredicate<TableName, TableName> refers) {
        String name = of.entity().equals(shown.entity())
                ? shown.name()
                // Rows that are joined to another are not those that refer to it, so they need another name.
                : Plural.of(EntityNames.clean((refers.test(table, owner) ? join : table).table()));
        return DraftKey.of(of.entity(), of.columns(), name, "a guess: what a row of " + of.entity() + " is joined to");
    }
}
