// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.loader;

import dev.freshet.cache.Loader;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Tag;
import dev.freshet.protocol.TagName;
import dev.freshet.test.loader.watch.ReadTable;
import dev.freshet.test.loader.watch.WatchedSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Holds loaders against the mapping, on a real database with some rows. It runs a loader, asks PostgreSQL which tables it
 * read, and wants a tag for each (for a value that is absent, of those whose rows matter). Then it changes rows of these tables, one column at a time, deletes rows, and runs the
 * loader again: each row whose change alters the value must evict a tag of it. All of that happens in one transaction,
 * which is rolled back.
 *
 * <p>The loader must get its connections from {@link #dataSource}, and not from a pool over it. It must answer the same for the same rows; what it
 * reads from elsewhere than this database is not seen. Not thread-safe.
 */
public final class LoaderCheck {
    private static final int MOST_ROWS = 5000;
    private static final int MOST_TRIALS = 2000;

    private final DataSource database;
    private final Mapping mapping;
    private final EvictedTags evicted;
    private final WatchedSource watched;
    private final Set<TableName> allowed = new LinkedHashSet<>();
    private int mostTrials = MOST_TRIALS;

    private LoaderCheck(DataSource database, Mapping mapping) {
        this.database = database;
        this.mapping = mapping;
        this.evicted = new EvictedTags(mapping);
        this.watched = new WatchedSource(database);
    }

    /**
     * A check of loaders that read this database.
     *
     * @param database PostgreSQL, as a role that may change the tables; nothing is committed
     * @throws dev.freshet.model.mapping.MappingException if the mapping is not valid
     * @throws UncheckedIOException if it cannot be read
     */
    public static LoaderCheck of(DataSource database, Path mapping) {
        try {
            return new LoaderCheck(database, MappingParser.parse(mapping));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be given to what loads, in place of the one that it has in production. */
    public DataSource dataSource() {
        return watched.dataSource();
    }

    /**
     * Loaders may read these tables though the mapping does not name them, as nothing in them ever changes.
     *
     * @param tables {@code schema.table} or {@code table}
     * @return this
     */
    public LoaderCheck allow(String... tables) {
        for (String table : tables) {
            allowed.add(TableName.of(table));
        }
        return this;
    }

    /**
     * How many changes of rows are tried for each loader, at most; each runs the loader once. Default: 2000.
     *
     * @param most 0 checks the tables alone
     * @return this
     */
    public LoaderCheck trials(int most) {
        mostTrials = most;
        return this;
    }

    /**
     * Checks a loader.
     *
     * @param key that it loads
     * @return what was found out, including what could not be tried
     * @throws LoaderCheckFailure if it does not agree with the mapping
     * @throws X what the loader throws
     * @throws SQLException what the database refused
     */
    public <T, X extends Exception> LoaderReport check(EntryKey<T> key, Loader<T, X> loader) throws X, SQLException {
        var report = report(key, loader);
        if (!report.findings().isEmpty()) {
            throw new LoaderCheckFailure(report);
        }
        return report;
    }

    /** As {@link #check}, but findings are only in the report. */
    public <T, X extends Exception> LoaderReport report(EntryKey<T> key, Loader<T, X> loader) throws X, SQLException {
        try (var watch = watched.begin();
                var loads = new Loads<>(mapping, key, loader)) {
            var first = loads.load();
            var tables = watch.tables();
            var report = new Findings(key.view().toString(), tables, first);
            if (first.problem() != null) {
                return report.with(first.problem());
            }
            if (!first.hasSameValue(loads.load())) {
                return report.with("it answers two values for the same rows: expected no time, chance or order that the"
                        + " query does not tell");
            }
            report.compareTables();
            var trials = new RowTrials(watch, evicted, key.isolate(), first, loads::load, MOST_ROWS, mostTrials);
            if (mostTrials > 0) {
                for (var entity : report.tried()) {
                    trials.of(entity);
                }
            }
            return report.with(trials);
        } finally {
            watched.end();
        }
    }

    /** What is found out about one loader. */
    private final class Findings {
        private final String view;
        private final Map<ReadTable, String> tables;
        private final Outcome loaded;
        private final List<String> all = new ArrayList<>();
        private final List<EntityMapping> tried = new ArrayList<>();

        Findings(String view, Map<ReadTable, String> tables, Outcome loaded) {
            this.view = view;
            this.tables = tables;
            this.loaded = loaded;
        }

        void compareTables() {
            tables.forEach((table, sql) -> {
                var entity = mapping.entityOf(table.name());
                if (entity.isPresent() && (carries(entity.get()) || mayLackTag(table))) {
                    tried.add(entity.get());
                } else if (!allowed.contains(table.name())) {
                    all.add(entity.map(LoaderCheck::untagged).orElseGet(() -> unmapped(table))
                            + (sql.isEmpty() ? "" : " [" + sql + "]"));
                }
            });
        }

        private boolean carries(EntityMapping entity) {
            return loaded.tags().stream().anyMatch(tag -> tells(tag, entity));
        }

        /** Where there is no row, a join has found none in its other tables that a tag could name: trials decide. */
        private boolean mayLackTag(ReadTable table) {
            return loaded.json().isEmpty() && mostTrials > 0 && !allowed.contains(table.name());
        }

        /** The entities whose rows are to be tried. */
        List<EntityMapping> tried() {
            return tried;
        }

        LoaderReport with(String finding) {
            all.add(finding);
            return report(0, Set.of());
        }

        LoaderReport with(RowTrials trials) {
            all.addAll(trials.findings());
            return report(trials.trials(), trials.untried());
        }

        private LoaderReport report(int trials, Set<String> untried) {
            var names = tables.keySet().stream()
                    .map(table -> table.name().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            return new LoaderReport(view, names, loaded.tags(), trials, List.copyOf(untried), all);
        }
    }

    /** Whether a tag stands for rows of the entity: one of them, what is inherited from one, or a list of them. */
    private static boolean tells(Tag tag, EntityMapping entity) {
        return TagName.parse(tag.name())
                .filter(name ->
                        name.entity().equals(entity.name()) || entity.name().equals(name.facet()))
                .isPresent();
    }

    private static String untagged(EntityMapping entity) {
        return "reads " + entity.table() + ", but carries no tag of entity " + entity.name() + " (" + entity.at()
                + "): a change of it would not evict the value. Add .and(TagOf.row(\"" + entity.name() + "\", …))";
    }

    private static String unmapped(ReadTable table) {
        String what = switch (table.kind()) {
            case "m" -> ", a materialized view: what it shows changes with no row of it in the WAL. Read its tables";
            case "f" ->
                ", a foreign table: its changes are not in the WAL of this database. Do not cache what it shows";
            default ->
                ", which the mapping does not name: a change of it evicts nothing. Map it, or allow it in the check"
                        + " if it never changes";
        };
        return "reads " + table.name() + what;
    }
}
