// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.core.plan.Planner;
import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Design.From;
import dev.freshet.lab.plan.design.Design.Identity;
import dev.freshet.lab.plan.design.Design.Rules;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.Design.Template;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.Episode.Transaction;
import dev.freshet.lab.plan.episode.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reduces a failing episode, piece by piece, to what it needs to fail. */
final class Shrinker {
    private final Predicate<Episode> fails;
    private Episode smallest;

    /** @param fails must also be false for an episode that makes no sense */
    Shrinker(Predicate<Episode> fails) {
        this.fails = fails;
    }

    Episode shrink(Episode failing) {
        smallest = failing;
        boolean smaller = true;
        while (smaller) {
            smaller = transactions() | statements() | manner() | rows() | templates() | rules() | structure();
        }
        return smallest;
    }

    private boolean take(Episode candidate) {
        if (candidate.equals(smallest) || !fails.test(candidate)) {
            return false;
        }
        smallest = candidate;
        return true;
    }

    private boolean transactions() {
        boolean any = false;
        for (int i = smallest.transactions().size() - 1; i >= 0; i--) {
            any |= take(smallest.with(without(smallest.transactions(), i)));
        }
        return any;
    }

    private boolean statements() {
        boolean any = false;
        for (int i = 0; i < smallest.transactions().size(); i++) {
            for (int s = smallest.transactions().get(i).statements().size() - 1; s >= 0; s--) {
                Transaction transaction = smallest.transactions().get(i);
                any |= take(with(i, transaction.with(without(transaction.statements(), s))));
            }
            for (int s = 0; s < smallest.transactions().get(i).statements().size(); s++) {
                any |= simplify(i, s);
            }
        }
        return any;
    }

    private boolean simplify(int i, int s) {
        boolean any = false;
        Statement statement = smallest.transactions().get(i).statements().get(s);
        if (!statement.stored().isEmpty()) {
            any |= take(with(
                    i,
                    s,
                    new Statement(statement.verb(), statement.table(), statement.id(), statement.values(), Set.of())));
        }
        if (statement.verb() == Statement.Verb.UPDATE) {
            for (String column : statement.values().keySet()) {
                Statement now = smallest.transactions().get(i).statements().get(s);
                Map<String, String> fewer = new LinkedHashMap<>(now.values());
                fewer.remove(column);
                any |= take(with(i, s, new Statement(now.verb(), now.table(), now.id(), fewer, now.stored())));
            }
        }
        return any;
    }

    private boolean manner() {
        boolean any = false;
        if (smallest.capacity() != Planner.DEFAULT_CAPACITY) {
            any |= take(new Episode(
                    smallest.design(), smallest.start(), smallest.transactions(), Planner.DEFAULT_CAPACITY));
        }
        for (int i = 0; i < smallest.transactions().size(); i++) {
            Transaction t = smallest.transactions().get(i);
            if (!t.isPlain() || !t.dated()) {
                any |= take(with(i, new Transaction(t.statements(), 0, 0, false, true)))
                        || take(with(i, new Transaction(t.statements(), 0, t.ahead(), false, true)))
                        || take(with(i, new Transaction(t.statements(), t.piece(), 0, false, true)));
            }
        }
        return any;
    }

    private boolean rows() {
        boolean any = false;
        for (Table table : smallest.design().tables()) {
            for (List<String> id : List.copyOf(smallest.start().of(table.name()).keySet())) {
                Tables fewer = smallest.start().copy();
                fewer.of(table.name()).remove(id);
                any |= take(smallest.with(fewer));
            }
        }
        return any;
    }

    private boolean templates() {
        boolean any = false;
        for (int t = 0; t < smallest.design().tables().size(); t++) {
            for (int i = table(t).templates().size() - 1; i >= 0; i--) {
                if (take(with(t, table(t).withTemplates(without(table(t).templates(), i))))) {
                    any = true;
                } else {
                    any |= template(t, i);
                }
            }
        }
        return any;
    }

    private boolean template(int t, int i) {
        boolean any = false;
        for (int p = template0(t, i).pieces().size() - 1; p > 0; p--) {
            Template now = template0(t, i);
            any |= take(
                    with(t, i, new Template(now.role(), without(now.pieces(), p), now.on(), now.when(), now.from())));
        }
        for (String path : template0(t, i).from().keySet()) {
            Template now = template0(t, i);
            Map<String, From> fewer = new LinkedHashMap<>(now.from());
            fewer.remove(path);
            any |= take(with(t, i, new Template(now.role(), now.pieces(), now.on(), now.when(), fewer)));
            any |= withRows(t, i, path, rows -> new From(List.of(), rows.when()));
            any |= withRows(t, i, path, rows -> new From(rows.columns(), null));
        }
        Template now = template0(t, i);
        any |= take(with(t, i, new Template(now.role(), now.pieces(), List.of(), now.when(), now.from())));
        now = template0(t, i);
        any |= take(with(t, i, new Template(now.role(), now.pieces(), now.on(), null, now.from())));
        now = template0(t, i);
        any |= take(with(t, i, new Template("keys", now.pieces(), now.on(), now.when(), now.from())));
        return any;
    }

    /** Another condition or other columns for the rows of a path, if the template still has it. */
    private boolean withRows(int t, int i, String path, UnaryOperator<From> other) {
        Template now = template0(t, i);
        if (!now.from().containsKey(path)) {
            return false;
        }
        Map<String, From> from = new LinkedHashMap<>(now.from());
        from.computeIfPresent(path, (same, rows) -> other.apply(rows));
        return take(with(t, i, new Template(now.role(), now.pieces(), now.on(), now.when(), from)));
    }

    private boolean rules() {
        boolean any = false;
        for (int t = 0; t < smallest.design().tables().size(); t++) {
            Rules r = table(t).rules();
            any |= take(with(
                    t, table(t).with(new Rules(null, r.isolate(), r.inherited(), r.listed(), r.ignored(), r.tags()))));
            r = table(t).rules();
            any |= take(with(
                    t, table(t).with(new Rules(r.parent(), null, r.inherited(), r.listed(), r.ignored(), r.tags()))));
            r = table(t).rules();
            any |= take(with(
                    t, table(t).with(new Rules(r.parent(), r.isolate(), null, r.listed(), r.ignored(), r.tags()))));
            r = table(t).rules();
            any |= take(with(
                    t, table(t).with(new Rules(r.parent(), r.isolate(), r.inherited(), null, r.ignored(), r.tags()))));
            r = table(t).rules();
            any |= take(with(
                    t, table(t).with(new Rules(r.parent(), r.isolate(), r.inherited(), r.listed(), null, r.tags()))));
            r = table(t).rules();
            any |= take(with(
                    t,
                    table(t).with(new Rules(r.parent(), r.isolate(), r.inherited(), r.listed(), r.ignored(), null))));
        }
        return any;
    }

    private boolean structure() {
        boolean any = false;
        for (int t = smallest.design().tables().size() - 1; t >= 0; t--) {
            if (take(withoutTable(t))) {
                any = true;
                continue;
            }
            any |= take(with(t, table(t).with(Identity.FULL)));
            for (int i = table(t).references().size() - 1; i >= 0; i--) {
                any |= take(with(t, table(t).withReferences(without(table(t).references(), i))));
            }
            for (int i = table(t).columns().size() - 1; i >= 0; i--) {
                String column = table(t).columns().get(i).name();
                if (!table(t).id().contains(column)) {
                    any |= take(withoutColumn(t, i));
                }
            }
        }
        return any;
    }

    private Episode withoutTable(int t) {
        String name = table(t).name();
        Tables rows = smallest.start().copy();
        rows.of(name).clear();
        Set<Transaction> transactions = new LinkedHashSet<>();
        smallest.transactions()
                .forEach(transaction -> transactions.add(transaction.with(transaction.statements().stream()
                        .filter(statement -> !statement.table().equals(name))
                        .toList())));
        return new Episode(
                new Design(without(smallest.design().tables(), t)),
                rows,
                List.copyOf(transactions),
                smallest.capacity());
    }

    private Episode withoutColumn(int t, int i) {
        Table table = table(t);
        String column = table.columns().get(i).name();
        Tables rows = smallest.start().copy();
        rows.of(table.name()).replaceAll((id, row) -> drop(row, column));
        List<Transaction> transactions = smallest.transactions().stream()
                .map(transaction -> transaction.with(transaction.statements().stream()
                        .map(s -> s.table().equals(table.name())
                                ? new Statement(s.verb(), s.table(), s.id(), drop(s.values(), column), s.stored())
                                : s)
                        .toList()))
                .toList();
        List<String> identity = table.identity().columns().stream()
                .filter(c -> !c.equals(column))
                .toList();
        Table fewer = table.withColumns(without(table.columns(), i)).with(new Identity(identity));
        return new Episode(smallest.design().with(t, fewer), rows, transactions, smallest.capacity());
    }

    private static Map<String, String> drop(Map<String, String> row, String column) {
        Map<String, String> fewer = new LinkedHashMap<>(row);
        fewer.remove(column);
        return fewer;
    }

    private Table table(int t) {
        return smallest.design().tables().get(t);
    }

    private Template template0(int t, int i) {
        return table(t).templates().get(i);
    }

    private Episode with(int t, Table table) {
        return smallest.with(smallest.design().with(t, table));
    }

    private Episode with(int t, int i, Template template) {
        var templates = new ArrayList<>(table(t).templates());
        templates.set(i, template);
        return with(t, table(t).withTemplates(templates));
    }

    private Episode with(int i, Transaction transaction) {
        var transactions = new ArrayList<>(smallest.transactions());
        transactions.set(i, transaction);
        return smallest.with(transactions);
    }

    private Episode with(int i, int s, Statement statement) {
        Transaction transaction = smallest.transactions().get(i);
        var statements = new ArrayList<>(transaction.statements());
        statements.set(s, statement);
        return with(i, transaction.with(statements));
    }

    private static <T> List<T> without(List<T> list, int index) {
        var fewer = new ArrayList<>(list);
        fewer.remove(index);
        return List.copyOf(fewer);
    }
}
