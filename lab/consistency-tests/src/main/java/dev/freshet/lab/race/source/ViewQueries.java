// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.context.Level;
import dev.freshet.lab.race.transaction.ContextTables;
import dev.freshet.lab.race.world.View;
import dev.freshet.lab.race.world.View.Kind;
import dev.freshet.lab.race.world.ViewParser;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One SQL statement per view. It returns the WAL position and the snapshot, followed by the rows, or by nulls if
 * nothing exists. Parameters: user, id.
 */
final class ViewQueries {
    private static final String FRAME =
            "select pg_current_wal_insert_lsn()::text as wal, pg_current_snapshot()::text as snap, v.* from"
                    + " (values (1)) one (n) left join lateral (%s) v on true%s";

    private static final Map<Kind, Map<Level, String>> ALL = all();

    private ViewQueries() {}

    static String of(View view) {
        return ALL.get(view.kind()).get(view.row().level());
    }

    private static Map<Kind, Map<Level, String>> all() {
        var all = new EnumMap<Kind, Map<Level, String>>(Kind.class);
        for (var kind : Kind.values()) {
            var byLevel = new EnumMap<Level, String>(Level.class);
            for (var level : Level.values()) {
                if (kind != Kind.LIST || level.child().isPresent()) {
                    byLevel.put(level, spell(kind, level));
                }
            }
            all.put(kind, byLevel);
        }
        return all;
    }

    private static String spell(Kind kind, Level level) {
        return switch (kind) {
            case OWN -> FRAME.formatted(own(level), "");
            case RESOLVED -> FRAME.formatted(resolved(level), "");
            case LIST -> FRAME.formatted(list(level), " order by v.child");
        };
    }

    private static String own(Level level) {
        return "select " + ContextTables.id(level) + "::text as id, "
                + (level == Level.GLOBAL ? "null" : ContextTables.parent(level) + "::text")
                + " as parent, name, version, "
                + "document ->> '" + ViewParser.member(level) + "' as shown from " + ContextTables.table(level)
                + " where user_id = ? and " + ContextTables.id(level) + " = ?";
    }

    /** The whole chain in one row: ids and versions, in columns named after the levels. */
    private static String resolved(Level level) {
        var chain = Arrays.asList(Level.values()).subList(0, level.ordinal() + 1);
        var columns = chain.stream()
                .map(each -> "%1$s.%2$s::text as %1$s_id, %1$s.document ->> '%3$s' as %1$s_shown"
                        .formatted(each, ContextTables.id(each), ViewParser.member(each)))
                .collect(Collectors.joining(", "));
        var joins = chain.stream()
                .skip(1)
                .map(each -> {
                    var parent = each.parent().orElseThrow();
                    return " join %1$s %2$s on %2$s.%3$s = %4$s.%5$s and %2$s.user_id = global.user_id"
                            .formatted(
                                    ContextTables.table(each),
                                    each,
                                    ContextTables.parent(each),
                                    parent,
                                    ContextTables.id(parent));
                })
                .collect(Collectors.joining());
        return "select %s, %s.name from freshet.global_context global%s where global.user_id = ? and %s.%s = ?"
                .formatted(columns, level, joins, level, ContextTables.id(level));
    }

    /** A parent without children gives one row, with nulls for the child. */
    private static String list(Level level) {
        var child = level.child().orElseThrow();
        return "select p." + ContextTables.id(level) + "::text as id, c.id as child, c.name, "
                + (child.hasStatus() ? "c.status" : "null") + " as status from " + ContextTables.table(level)
                + " p left join " + ContextTables.table(child) + " c on c." + ContextTables.parent(child) + " = p."
                + ContextTables.id(level) + " and c.user_id = p.user_id where p.user_id = ? and p."
                + ContextTables.id(level)
                + " = ?";
    }
}
