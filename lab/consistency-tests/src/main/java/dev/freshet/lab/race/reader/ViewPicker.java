// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.reader;

import dev.freshet.context.Level;
import dev.freshet.lab.race.history.Row;
import dev.freshet.lab.race.world.Tree;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.World;
import java.util.List;
import java.util.Random;

/** Chooses what to read next: mostly views that are computed from many rows, and mostly of one user. */
final class ViewPicker {
    private final World world;
    private final Random random;

    ViewPicker(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /**
     * Lists of projects exist for every user, whether the rows above exist or not, so they reveal less. They are not
     * read.
     */
    static boolean isListed(Row row) {
        return row.level() == Level.PROJECT || row.level() == Level.BRANCH;
    }

    View next() {
        var trees = world.trees();
        var tree = trees.get(random.nextInt(3) > 0 ? 0 : random.nextInt(trees.size()));
        int draw = random.nextInt(100);
        if (draw < 55) {
            return new View(View.Kind.RESOLVED, any(tree.tasks()));
        } else if (draw < 65) {
            return new View(View.Kind.RESOLVED, any(tree.branches()));
        } else if (draw < 70) {
            return new View(View.Kind.RESOLVED, any(tree.projects()));
        } else if (draw < 80) {
            return new View(View.Kind.OWN, any(tree.tasks()));
        } else if (draw < 88) {
            return new View(View.Kind.OWN, above(tree));
        }
        return new View(View.Kind.LIST, random.nextBoolean() ? any(tree.branches()) : any(tree.projects()));
    }

    private Row above(Tree tree) {
        return switch (random.nextInt(3)) {
            case 0 -> tree.global();
            case 1 -> any(tree.projects());
            default -> any(tree.branches());
        };
    }

    private Row any(List<Row> rows) {
        return rows.get(random.nextInt(rows.size()));
    }
}
