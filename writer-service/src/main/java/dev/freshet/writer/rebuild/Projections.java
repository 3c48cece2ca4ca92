// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import dev.freshet.context.Level;
import dev.freshet.writer.store.ContextTable;
import dev.freshet.writer.store.UnreadableEventException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The context tables as a whole. Must run as the owner of the tables: row-level security hides rows from other roles.
 */
public final class Projections {
    private final Jdbi owner;

    public Projections(Jdbi owner) {
        this.owner = owner;
    }

    /** Compares the tables with the log in one snapshot. Blocks no other transaction. */
    public List<Differences> verify() {
        return owner.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            return differences(handle, Replay.run(handle));
        });
    }

    /**
     * Makes the tables match the log, in one transaction. Meanwhile, others can read but not write. Only rows that
     * differ are changed, so correct rows cause no evictions. Rows of unreadable events are left alone.
     *
     * @return the differences before the rebuild
     */
    public List<Differences> rebuild() {
        return owner.inTransaction(TransactionIsolationLevel.READ_COMMITTED, handle -> {
            var tables = Arrays.stream(Level.values())
                    .map(level -> ContextTable.of(level).name())
                    .collect(Collectors.joining(", "));
            // Every transaction that wrote a row has now committed, and its events are in the log that we read next.
            handle.execute("lock table " + tables + " in share row exclusive mode");
            var before = differences(handle, Replay.run(handle));
            if (before.stream().allMatch(Differences::none)) {
                return before;
            }
            // Our changes must not be recorded as events: the log already has them.
            triggers(handle, "disable");
            for (var level : Level.values()) {
                putRight(handle, level);
            }
            for (int i = Level.values().length - 1; i >= 0; i--) {
                removeSurplus(handle, Level.values()[i]);
            }
            triggers(handle, "enable");
            return before;
        });
    }

    private static List<Differences> differences(Handle handle, List<UnreadableEventException> unreadable) {
        return Arrays.stream(Level.values())
                .map(level -> Differences.find(handle, level, unreadable))
                .toList();
    }

    private static void triggers(Handle handle, String verb) {
        for (var level : Level.values()) {
            handle.execute("alter table " + ContextTable.of(level).name() + " " + verb + " trigger user");
        }
    }

    private static void putRight(Handle handle, Level level) {
        var table = ContextTable.of(level);
        var columns = handle.createQuery("select attname from pg_attribute where attrelid = cast(:table as regclass)"
                        + " and attnum > 0 and not attisdropped order by attnum")
                .bind("table", table.name())
                .mapTo(String.class)
                .list();
        // Not MERGE, which needs PostgreSQL 15.
        handle.execute("insert into " + table.name() + " as t (" + String.join(", ", columns) + ") select "
                + columns.stream().map(column -> "r." + column).collect(Collectors.joining(", ")) + " from "
                + source(level) + " r on conflict (" + table.id() + ") do update set "
                + columns.stream()
                        .filter(column -> !column.equals(table.id()))
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "))
                + " where row(t.*) is distinct from row(excluded.*)");
        if (level != Level.GLOBAL) {
            handle.execute("select setval(pg_get_serial_sequence('" + table.name() + "', 'id'), highest) from"
                    + " (select max(id) as highest from " + table.name() + ") t where highest >"
                    + " (select last_value from " + table.name() + "_id_seq)");
        }
    }

    /**
     * The rows according to the log, except those whose parent is missing because of an unreadable event. They would
     * make the whole statement fail.
     */
    private static String source(Level level) {
        var replayed = Replay.table(level);
        var above = level.parent().map(ContextTable::of).orElse(null);
        if (above == null) {
            return replayed;
        }
        var column = level.movable() ? ContextTable.of(level).parent() : "user_id";
        return "(select * from " + replayed + " c where exists (select from " + above.name() + " p where p."
                + above.id() + " = c." + column + " and p.user_id = c.user_id))";
    }

    private static void removeSurplus(Handle handle, Level level) {
        var table = ContextTable.of(level);
        handle.execute("delete from " + table.name() + " t where not exists (select from " + Replay.table(level)
                + " r where r." + table.id() + " = t." + table.id() + ")");
    }
}
