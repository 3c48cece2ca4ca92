// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.transaction;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.transaction.Intent.How;
import dev.freshet.lab.race.world.Change;
import dev.freshet.lab.race.world.Tree;
import dev.freshet.lab.race.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chooses what to write next to rows that the caller holds. */
public final class IntentGenerator {
    private final World world;
    private final Random random;

    public IntentGenerator(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** An update of one row; null if it does not exist. */
    public Intent one(Row row) {
        return isThere(row)
                ? new Intent("update " + row.level(), List.of(Change.update(row, random.nextInt(4) == 0)), How.EITHER)
                : null;
    }

    /** A change of several rows of a tree, or of their places; null if the chosen change is not possible now. */
    public Intent several(Tree tree) {
        var missing = missing(tree);
        if (!missing.isEmpty() && random.nextInt(100) < 50) {
            return restore(tree, missing);
        }
        int draw = random.nextInt(100);
        if (draw < 34) {
            return allLevels(tree, How.EITHER);
        } else if (draw < 38) {
            return allLevels(tree, How.ROLLBACK);
        } else if (draw < 40) {
            return allLevels(tree, How.SLOW);
        } else if (draw < 60) {
            return move(any(tree.tasks()), tree.branches());
        } else if (draw < 67) {
            return move(any(tree.branches()), tree.projects());
        } else if (draw < 80) {
            return delete(any(tree.tasks()));
        } else if (draw < 84) {
            return delete(any(tree.branches()));
        } else if (draw < 85) {
            return delete(any(tree.projects()));
        } else if (draw < 92) {
            return bulk(tree);
        }
        var task = any(tree.tasks());
        return task == null ? null : new Intent("replace task", List.of(Change.replace(task)), How.SQL);
    }

    /** A TRUNCATE of everything, or of all tasks. The caller must hold all trees. */
    public Intent truncate(boolean everything) {
        var gone = new ArrayList<Change>();
        for (var row : world.rows()) {
            if ((everything || row.level() == Level.TASK) && isThere(row)) {
                gone.add(Change.gone(row));
            }
        }
        if (gone.isEmpty()) {
            return null;
        }
        return everything
                ? new Intent("truncate all", gone, How.TRUNCATE_ALL)
                : new Intent("truncate tasks", gone, How.TRUNCATE_TASKS);
    }

    private Intent allLevels(Tree tree, How how) {
        var task = any(tree.tasks());
        if (task == null) {
            return null;
        }
        boolean named = random.nextInt(4) == 0;
        var changes =
                World.chain(task).stream().map(row -> Change.update(row, named)).toList();
        return new Intent(how == How.ROLLBACK ? "rollback" : "all levels", changes, how);
    }

    private Intent move(Row row, List<Row> parents) {
        var parent = any(parents);
        return row == null || parent == null || parent == row.history().latest().parent()
                ? null
                : new Intent("move " + row.level(), List.of(Change.move(row, parent)), How.EITHER);
    }

    private Intent delete(Row row) {
        if (row == null) {
            return null;
        }
        var changes = new ArrayList<Change>();
        world.subtree(row).forEach(each -> changes.add(each == row ? Change.delete(each) : Change.gone(each)));
        return new Intent("delete " + row.level(), changes, How.EITHER);
    }

    private Intent bulk(Tree tree) {
        var changes = tree.tasks().stream()
                .filter(IntentGenerator::isThere)
                .map(task -> Change.update(task, false))
                .toList();
        return changes.isEmpty() ? null : new Intent("bulk update", changes, How.BULK);
    }

    private static List<Row> missing(Tree tree) {
        var missing = new ArrayList<Row>();
        for (var level : Level.values()) {
            tree.rows(level).stream().filter(row -> !isThere(row)).forEach(missing::add);
        }
        return missing;
    }

    /** Inserts some of the missing rows, parents first, each below a random existing parent. */
    private Intent restore(Tree tree, List<Row> missing) {
        boolean all = random.nextBoolean();
        var changes = new ArrayList<Change>();
        var there = new ArrayList<Row>();
        for (var row : missing) {
            var above = row.level().parent();
            Row parent = null;
            if (above.isPresent()) {
                var parents = new ArrayList<Row>();
                for (var candidate : tree.rows(above.get())) {
                    if (isThere(candidate) || there.contains(candidate)) {
                        parents.add(candidate);
                    }
                }
                if (parents.isEmpty()) {
                    continue;
                }
                parent = parents.get(random.nextInt(parents.size()));
            }
            changes.add(Change.insert(row, parent));
            there.add(row);
            if (!all) {
                break;
            }
        }
        return changes.isEmpty() ? null : new Intent("insert", changes, How.SQL);
    }

    /** A random existing row; null if none exists. */
    private Row any(List<Row> rows) {
        var there = rows.stream().filter(IntentGenerator::isThere).toList();
        return there.isEmpty() ? null : there.get(random.nextInt(there.size()));
    }

    private static boolean isThere(Row row) {
        return row.history().latest().present();
    }
}
