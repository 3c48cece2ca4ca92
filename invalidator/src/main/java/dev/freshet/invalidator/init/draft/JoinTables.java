// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Finds the two sides of a join table: its id consists of references to two rows. */
final class JoinTables {
    private JoinTables() {}

    /** The two references, if it is a join table. */
    static Optional<List<DraftReference>> sides(List<String> id, List<DraftReference> references) {
        List<DraftReference> within = references.stream()
                .filter(each -> each.toId()
                        && id.containsAll(each.columns())
                        && each.columns().size() < id.size())
                .toList();
        for (DraftReference one : within) {
            for (DraftReference other : within) {
                var both = new HashSet<>(one.columns());
                both.addAll(other.columns());
                if (one != other && both.containsAll(id)) {
                    return Optional.of(List.of(one, other));
                }
            }
        }
        return Optional.empty();
    }

    /** The keys of the lists on both sides: of the one side's row, the rows of the other. */
    static List<DraftKey> lists(List<DraftReference> sides, List<TableName> tables) {
        boolean same = sides.get(0).entity().equals(sides.get(1).entity());
        return List.of(
                list(sides.get(0), sides.get(1), tables.get(1), same),
                list(sides.get(1), sides.get(0), tables.get(0), same));
    }

    private static DraftKey list(DraftReference of, DraftReference shown, TableName table, boolean same) {
        String name = same ? shown.name() : plural(table);
        return DraftKey.of(of.entity(), of.columns(), name, "a guess: what a row of " + of.entity() + " is joined to");
    }

    private static String plural(TableName table) {
        String name = EntityNames.clean(table.table());
        return Singular.of(name).isPresent() ? name : name + "s";
    }
}
