// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.core.stream.Row;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.test.loader.watch.Watch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries which rows of a table matter to a value: changes them, loads again, and undoes it. First all rows at once, and
 * where the value changes each half of them, down to single rows. A row that matters must be told by a tag: its change
 * must evict a tag that the value has, and a tag that the value had before. Used by one thread at a time.
 */
final class RowTrials {
    /** The loader, whatever it throws. */
    interface Reload {
        Outcome load() throws Exception;
    }

    /** A change of rows that is tried. */
    private interface Step {
        /** Returns whether it is done: these rows, and no others. */
        boolean on(List<Row> rows) throws SQLException;
    }

    /** Of one kind of change; each costs a trial. */
    private static final int MOST_REFUSED = 100;

    private final Watch watch;
    private final EvictedTags evicted;
    private final Isolate isolate;
    private final Outcome usual;
    private final Reload reload;
    private final int mostRows;
    private int left;
    private int trials;
    private final Set<String> findings = new LinkedHashSet<>();
    private final Set<String> untried = new LinkedHashSet<>();

    /** @param left how many trials there may be */
    RowTrials(Watch watch, EvictedTags evicted, Isolate isolate, Outcome usual, Reload reload, int mostRows, int left) {
        this.watch = watch;
        this.evicted = evicted;
        this.isolate = isolate;
        this.usual = usual;
        this.reload = reload;
        this.mostRows = mostRows;
        this.left = left;
    }

    int trials() {
        return trials;
    }

    Set<String> findings() {
        return findings;
    }

    Set<String> untried() {
        return untried;
    }

    void of(EntityMapping entity) throws SQLException {
        var table = new TableRows(watch.connection(), entity);
        var rows = table.rows(mostRows + 1);
        if (rows.size() > mostRows) {
            untried.add(entity.table() + " has more than " + mostRows + " rows: only the first ones were tried");
            rows = rows.subList(0, mostRows);
        }
        if (rows.isEmpty()) {
            untried.add(entity.table() + " has no rows: put some there before the check");
            return;
        }
        for (var column : table.changeable()) {
            var trial = new Trial(entity, table, "a change of column " + column.name(), some -> {
                for (String change : column.changes(table.table())) {
                    if (changes(table, column, change, some)) {
                        return true;
                    }
                }
                return false;
            });
            trial.on(rows);
        }
        new Trial(entity, table, null, table::delete).on(rows);
    }

    /** Whether it could be done; if not, nothing has happened. */
    private boolean changes(TableRows table, Column column, String change, List<Row> rows) throws SQLException {
        var connection = watch.connection();
        var before = connection.setSavepoint();
        try {
            if (table.change(column, change, rows)) {
                connection.releaseSavepoint(before);
                return true;
            }
        } catch (SQLException e) {
            // Not a value that this column can have.
        }
        connection.rollback(before);
        return false;
    }

    /**
     * One kind of change.
     *
     * @param what null for a deletion
     */
    private final class Trial {
        private final EntityMapping entity;
        private final TableRows table;
        private final String what;
        private final Step step;
        private int refused;

        Trial(EntityMapping entity, TableRows table, String what, Step step) {
            this.entity = entity;
            this.table = table;
            this.what = what;
            this.step = step;
        }

        void on(List<Row> rows) throws SQLException {
            if (refused == MOST_REFUSED) {
                untried.add(
                        named() + " in " + entity.table() + ": too many rows allow none that concerns no other row");
                return;
            }
            if (left == 0) {
                untried.add("all that would have come after " + trials + " trials: allow more of them");
                return;
            }
            left--;
            trials++;
            boolean split = watch.attempt(() -> mattersTogether(rows));
            if (split && rows.size() > 1) {
                on(rows.subList(0, rows.size() / 2));
                on(rows.subList(rows.size() / 2, rows.size()));
            }
        }

        /** Whether to look at them one by one. */
        private boolean mattersTogether(List<Row> rows) throws SQLException {
            if (!done(rows)) {
                refused++;
                if (rows.size() == 1) {
                    untried.add(
                            named() + " in " + entity.table() + ": some rows allow none that concerns no other row");
                }
                return true;
            }
            Outcome changed;
            try {
                changed = reload.load();
            } catch (Exception e) {
                if (rows.size() == 1) {
                    untried.add(named() + " in " + entity.table() + ": the loader failed with "
                            + e.getClass().getName());
                }
                return true;
            }
            if (changed.problem() == null && changed.hasSameValue(usual)) {
                return false;
            }
            if (rows.size() == 1) {
                judge(rows.get(0), table.row(rows.get(0)), changed);
            }
            return true;
        }

        private String named() {
            return what == null ? "a deletion" : what;
        }

        private boolean done(List<Row> rows) throws SQLException {
            var connection = watch.connection();
            var before = connection.setSavepoint();
            try {
                return step.on(rows);
            } catch (SQLException e) {
                connection.rollback(before);
                return false;
            }
        }

        private void judge(Row before, Row after, Outcome changed) {
            require(what == null ? "the deletion" : what, before, after, usual);
            require(what == null ? "the creation" : what, after, before, changed);
        }

        /** The change from one image to another must evict what was loaded before it. */
        private void require(String change, Row from, Row to, Outcome loaded) {
            var all = evicted.of(entity.table(), from, to);
            var here = EvictedTags.in(isolate, all);
            if (loaded.problem() == null && here.stream().noneMatch(loaded.tags()::contains)) {
                var id = (from == null ? to : from).get(entity.id());
                findings.add(change + " of " + entity.table() + " row " + String.join(",", id)
                        + " changes the value, but evicts none of its tags (" + loaded.tagNames() + "): "
                        + advice(here, !all.isEmpty()));
            }
        }

        private String advice(List<Tag> here, boolean elsewhere) {
            if (!here.isEmpty()) {
                var names = new ArrayList<String>();
                here.forEach(tag -> names.add(tag.name()));
                return "add the tag " + String.join(" or ", names);
            }
            return elsewhere
                    ? "it evicts tags of the row's owner, and this key has "
                            + (isolate.value() == null ? "none" : "another")
                            + ": a value of rows of several owners cannot be one entry"
                    : "the mapping ignores that column, or has no tags: true (" + entity.at("ignored")
                            + "): do not read it, or do not ignore it";
        }
    }
}
