// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.rebuild;

import dev.freshet.context.Level;
import dev.freshet.writer.store.ContextTable;
import dev.freshet.writer.store.UnreadableEventException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The differences between the table of one level and the log.
 *
 * @param rows the number of rows according to the log
 * @param missing rows that are missing in the table
 * @param surplus rows of the table that are unknown to the log, or deleted according to it
 * @param different rows that are in both, with different values
 * @param examples some of the ids of these rows
 * @param unreadable events that could not be replayed, each with its position; the rows of their streams were left
 *     alone
 */
public record Differences(
        Level level,
        long rows,
        long missing,
        long surplus,
        long different,
        List<String> examples,
        List<String> unreadable) {
    private static final int EXAMPLES = 10;

    public boolean none() {
        return missing == 0 && surplus == 0 && different == 0 && unreadable.isEmpty();
    }

    /** Compares the table with the result of {@link Replay}, in the same transaction. */
    static Differences find(Handle handle, Level level, List<UnreadableEventException> failures) {
        var table = ContextTable.of(level);
        var compared = "(select coalesce(t." + table.id() + ", r." + table.id() + ")::text as id,"
                + " t." + table.id() + " is null as missing, r." + table.id() + " is null as surplus from "
                + table.name() + " t full join " + Replay.table(level) + " r on r." + table.id() + " = t."
                + table.id() + " where row(t.*) is distinct from row(r.*)) c";
        long rows = handle.createQuery("select count(*) from " + Replay.table(level))
                .mapTo(Long.class)
                .one();
        var examples = handle.createQuery("select id from " + compared + " order by id limit " + EXAMPLES)
                .mapTo(String.class)
                .list();
        return handle.createQuery("select count(*) filter (where missing), count(*) filter (where surplus),"
                        + " count(*) filter (where not missing and not surplus) from " + compared)
                .map((row, context) -> new Differences(
                        level, rows, row.getLong(1), row.getLong(2), row.getLong(3), examples, of(level, failures)))
                .one();
    }

    /** A failure whose stream belongs to no level is shown with the global level. */
    private static List<String> of(Level level, List<UnreadableEventException> failures) {
        return failures.stream()
                .filter(failure -> levelOf(failure.stream()) == level)
                .map(UnreadableEventException::getMessage)
                .toList();
    }

    private static Level levelOf(String stream) {
        return Arrays.stream(Level.values())
                .filter(level -> stream.startsWith(level.label() + ":"))
                .findFirst()
                .orElse(Level.GLOBAL);
    }

    @Override
    public String toString() {
        var text =
                "%s: %d rows, %d missing, %d surplus, %d different".formatted(level, rows, missing, surplus, different);
        text = examples.isEmpty() ? text : text + " (such as " + String.join(", ", examples) + ")";
        return unreadable.isEmpty() ? text : text + "; left alone: " + String.join("; ", unreadable);
    }
}
