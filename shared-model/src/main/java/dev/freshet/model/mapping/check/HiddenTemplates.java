// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.check;

import dev.freshet.model.finding.MappingCode;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.KeyTemplate;
import dev.freshet.model.mapping.KeyTemplate.From;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.condition.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds templates that decide nothing: another one of the same entity makes the same keys, and evicts them at every change
 * at which these do. Nothing would be missed; but whoever wrote the narrower one expects it to count.
 */
public final class HiddenTemplates {
    private HiddenTemplates() {}

    /** A problem for each, in the order of the file. */
    public static List<Problem> find(Mapping mapping) {
        var problems = new ArrayList<Problem>();
        for (EntityMapping entity : mapping.entities().values()) {
            List<KeyTemplate> all = entity.templates();
            for (int i = 0; i < all.size(); i++) {
                for (int j = 0; j < all.size(); j++) {
                    boolean hides = i != j && hides(all.get(j), all.get(i));
                    // Of two that are equal, the later one is told.
                    if (hides && (j < i || !hides(all.get(i), all.get(j)))) {
                        problems.add(problem(all.get(i), all.get(j)));
                        break;
                    }
                }
            }
        }
        return problems;
    }

    private static Problem problem(KeyTemplate narrow, KeyTemplate wide) {
        return Problem.of(
                MappingCode.HIDDEN_TEMPLATE,
                narrow.at(),
                "template '" + narrow.textWithCondition() + "' decides nothing: '" + wide.textWithCondition() + "' at "
                        + wide.at()
                        + " makes the same keys, and evicts them whenever this one does; expected one of them");
    }

    private static boolean hides(KeyTemplate wide, KeyTemplate narrow) {
        return wide.role() == narrow.role()
                && wide.parts().equals(narrow.parts())
                && meets(wide, narrow)
                && wide.on().containsAll(narrow.on())
                && narrow.from().stream().allMatch(from -> wide.from().stream().anyMatch(other -> covers(other, from)));
    }

    /** Whether every row that has the narrower one's key has the wider one's, and changes of its condition count there. */
    private static boolean meets(KeyTemplate wide, KeyTemplate narrow) {
        return wide.when().equals(narrow.when())
                || !wide.isConditional() && narrow.when().columns().stream().allMatch(wide.on()::contains);
    }

    private static boolean covers(From wide, From narrow) {
        return wide.steps().equals(narrow.steps())
                && wide.columns().containsAll(narrow.columns())
                && (wide.when().equals(narrow.when())
                        || wide.when() == Condition.ALWAYS
                                && narrow.when().columns().stream().allMatch(wide.columns()::contains));
    }
}
