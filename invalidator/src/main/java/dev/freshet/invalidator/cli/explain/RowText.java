// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Influence;
import dev.freshet.core.plan.RouteStep;
import dev.freshet.invalidator.cli.explain.RowExplanation.Keys;
import dev.freshet.invalidator.cli.explain.RowExplanation.TagEffect;
import dev.freshet.invalidator.cli.explain.RowExplanation.TemplateEffect;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the explanation of a row for people. */
final class RowText {
    private final PrintWriter out;

    RowText(PrintWriter out) {
        this.out = out;
    }

    void print(RowExplanation row) {
        out.println(row.entity().table() + " " + RowId.print(row.id()) + "    entity " + row.entity() + ", "
                + row.entity().at());
        out.println("  exists   "
                + row.exists()
                        .answer()
                        .map(exists -> exists ? "yes" : "no")
                        .orElse("not known: " + row.exists().why()));
        if (row.templates().isEmpty() && row.tags().isEmpty()) {
            out.println("  changes of this row evict nothing");
        }
        row.templates().forEach(effect -> {
            out.println();
            print(effect, row);
        });
        if (!row.tags().isEmpty()) {
            out.println();
            out.println("tags of " + row.entity() + ", " + row.entity().at());
            row.tags().forEach(this::print);
        }
    }

    private void print(TemplateEffect effect, RowExplanation row) {
        out.println(effect.template() + "    " + Wording.place(effect.owner(), effect.template()));
        Wording.condition(effect.template()).ifPresent(when -> out.println("  when     " + when));
        for (Influence influence : effect.influences()) {
            out.println("  at       " + Wording.when(influence) + " (" + influence.reason() + ")");
            out.println("  moves    update of " + String.join(", ", influence.moving())
                    + ": the keys of before and after it");
            List<RouteStep> steps = influence.route();
            out.println("  path     " + Wording.row(row.entity(), row.id()) + (steps.isEmpty() ? " alone" : ""));
            steps.forEach(step -> out.println("           " + "  ".repeat(step.depth()) + step));
        }
        out.println("  keys     "
                + effect.keys()
                        .answer()
                        .map(RowText::keys)
                        .orElse(effect.template().glob() + "; not counted: "
                                + effect.keys().why()));
    }

    private static String keys(Keys keys) {
        String elsewhere = keys.elsewhere()
                + (keys.elsewhere() == 1 ? " is" : " are")
                + " listed at another template, which has the nearer reason";
        if (keys.count() == 0) {
            return keys.elsewhere() == 0 ? "none now" : "none here; " + elsewhere;
        }
        int others = keys.count() - keys.first().size();
        return (keys.counted() ? "" : "more than ") + keys.count() + ": "
                + keys.first().stream().map(RowText::name).collect(Collectors.joining(", "))
                + (others > 0 ? " and " + others + " more" : "")
                + (keys.elsewhere() > 0 ? "; " + elsewhere : "");
    }

    private void print(TagEffect effect) {
        out.println("  at       " + effect.when());
        effect.evictions()
                .forEach(eviction -> out.println("    evicts " + name(eviction) + " (" + eviction.reason() + ")"));
    }

    private static String name(Eviction eviction) {
        return eviction.name()
                + eviction.owner()
                        .map(owner -> owner.value() == null ? "" : " of " + owner.value())
                        .orElse("")
                + (eviction.kind().isPattern() ? " by pattern" : "");
    }
}
