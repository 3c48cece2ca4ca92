// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.explain;

import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Entry;
import dev.freshet.invalidator.cli.explain.KeyExplanation.Maker;
import dev.freshet.invalidator.cli.recent.LastEviction;
import dev.freshet.invalidator.cli.recent.RecentEvictions;
import dev.freshet.invalidator.cli.recent.Sought;
import dev.freshet.invalidator.cli.servers.ReadOnlyDatabase;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.check.Catalog;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.Sql;
import dev.freshet.postgres.tables.KeyQuery;
import dev.freshet.redis.cache.KeyProbe;
import dev.freshet.support.config.postgres.SqlFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator explain}: why a key goes, and what a row's changes evict. Changes nothing. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "explain KEY       which templates make this key, from which rows; is it cached, what evicted it last",
            "explain TABLE ID  which keys and tags an insert, update or delete of this row evicts, and by which path",
            "Needs no server: what only one can tell is then left out, and said to be."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet invalidator explain stock:1:7 --mapping shop.yaml",
            "  freshet invalidator explain public.film_actor actor_id=3,film_id=7 --jdbc-url jdbc:postgresql://…",
            "",
            "Exit codes: 0 explained, also if no template makes the key or there is no such row; 1 a server did not",
            "answer, the rest is explained; 2 wrong usage or mapping."
        })
public final class ExplainCommand implements Callable<Integer> {
    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KEY|TABLE", description = "A key; or, before an ID, a table or an entity.")
    private String subject;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "Id of a row: 7; a,b in the order of the mapping; or column=value,column=value.")
    private String id;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Mapping file. Required.")
    private Path mappingFile;

    @Mixin
    private ExplainOptions servers;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rows, or keys, to show of each template. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: text, or json. Default: ${DEFAULT-VALUE}.")
    private Format format;

    /** Whether a server did not answer. */
    private boolean failed;

    @Override
    public Integer call() throws InterruptedException {
        failed = false;
        ExplainOptions.atLeastOne("FRESHET_MOST", most);
        Mapping mapping = SourceOptions.mapping(mappingFile);
        // Read before anything is asked: a row that cannot be meant needs no connection.
        Optional<EntityMapping> entity = id == null ? Optional.empty() : Optional.of(entity(mapping));
        Optional<List<String>> row = entity.map(this::id);
        try (Closing database = database()) {
            if (row.isPresent()) {
                explainRow(mapping, entity.get(), row.get(), database);
            } else {
                explainKey(mapping, database);
            }
        }
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private EntityMapping entity(Mapping mapping) {
        return mapping.entityCalled(subject)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "table '" + subject + "' is not in " + mapping.file() + "; "
                                + Hint.of(
                                        TableName.read(subject)
                                                .map(TableName::toString)
                                                .orElse(subject),
                                        mapping.tables().stream()
                                                .map(TableName::toString)
                                                .toList())));
    }

    private List<String> id(EntityMapping entity) {
        try {
            return RowId.parse(entity, id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** The database, if it is to be asked and answers. */
    private record Closing(Optional<ReadOnlyDatabase> database, String why) implements AutoCloseable {
        @Override
        public void close() {
            database.ifPresent(open -> {
                try {
                    open.close();
                } catch (SQLException e) {
                    // Nothing was written, and the process ends.
                }
            });
        }
    }

    private Closing database() {
        var settings = servers.database();
        if (settings.isEmpty()) {
            return new Closing(Optional.empty(), "no database was asked; give --jdbc-url");
        }
        try {
            return new Closing(Optional.of(ReadOnlyDatabase.open(settings.get(), "explain")), "");
        } catch (SQLException e) {
            return new Closing(Optional.empty(), failed("the database did not answer", SqlFailure.message(e)));
        }
    }

    private void explainRow(Mapping mapping, EntityMapping entity, List<String> row, Closing database) {
        Optional<Function<Mapping, Relations>> rows =
                database.database().map(open -> (Function<Mapping, Relations>) open::relations);
        RowExplanation explained;
        try {
            explained = new RowExplainer(mapping, rows, database.why(), most).explain(entity, row);
        } catch (LookUpException e) {
            String why = failed(
                    "the database cannot look the row up",
                    SqlFailure.behind(e).map(SqlFailure::message).orElse(e.getMessage()));
            explained = new RowExplainer(mapping, Optional.empty(), why, most).explain(entity, row);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.println(ExplanationJson.of(explained));
        } else {
            new RowText(out).print(explained);
        }
        out.flush();
    }

    private void explainKey(Mapping mapping, Closing database) throws InterruptedException {
        Catalog catalog = database.database().map(ReadOnlyDatabase::catalog).orElse(table -> Optional.empty());
        var explainer = new KeyExplainer(mapping, catalog, query -> rows(query, database), most);
        List<Maker> makers = explainer.makers(subject);
        Optional<Entry> entry = explainer.entry(subject);
        boolean own = explainer.reserved(subject);
        var key = new KeyExplanation(
                subject,
                database.why(),
                entry,
                entry.isEmpty() && own,
                makers,
                makers.isEmpty() && !own ? explainer.nearest(subject) : Optional.empty(),
                cached(),
                evicted(sought(makers, entry, explainer)));
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.println(ExplanationJson.of(key));
        } else {
            new KeyText(out).print(key);
        }
        out.flush();
    }

    private Asked<KeyQuery.Found> rows(KeyQuery query, Closing database) {
        if (database.database().isEmpty()) {
            return Asked.not(database.why());
        }
        try {
            return Asked.answered(query.run(database.database().get().connection()));
        } catch (SQLException e) {
            return Asked.not(failed("the database does not run the query", SqlFailure.message(e) + remedy(query, e)));
        }
    }

    /** To evict, the invalidator may need fewer tables than to explain. */
    private static String remedy(KeyQuery query, SQLException failure) {
        if (!FailureCause.isDenied(failure)) {
            return "";
        }
        return query.tablesRead().stream()
                .map(node -> Sql.table(node.entity().table()))
                .distinct()
                .collect(Collectors.joining(
                        ", ",
                        "\n  To look rows up, its role needs: GRANT SELECT ON ",
                        " TO the role; or give another --jdbc-user."));
    }

    private Asked<Optional<KeyProbe.Found>> cached() throws InterruptedException {
        var settings = servers.redis();
        if (settings.isEmpty()) {
            return Asked.not("Redis was not asked; give --redis-url");
        }
        try (var probe = settings.get().parsed(KeyProbe::new)) {
            return Asked.answered(probe.find(subject));
        } catch (KeyProbe.UnavailableException e) {
            return Asked.not(failed("Redis did not answer", e.getMessage()));
        }
    }

    private Sought sought(List<Maker> makers, Optional<Entry> entry, KeyExplainer explainer) {
        Set<String> patterns =
                makers.stream().map(maker -> maker.template().glob()).collect(Collectors.toSet());
        return new Sought(
                subject, patterns, entry.map(Entry::tag), owner -> explainer.owns(owner, entry.orElseThrow()));
    }

    private Asked<LastEviction> evicted(Sought sought) throws InterruptedException {
        var url = servers.admin();
        if (url.isEmpty()) {
            return Asked.not("no invalidator was asked; give --admin-url");
        }
        try {
            return Asked.answered(new RecentEvictions(url.get()).of(sought));
        } catch (IOException e) {
            return Asked.not(failed("the invalidator did not answer", e.toString()));
        }
    }

    /** Tells a failure on standard error. Returns what to say in its place. */
    private String failed(String what, String why) {
        failed = true;
        spec.commandLine().getErr().println(what + ": " + why);
        spec.commandLine().getErr().flush();
        return what;
    }
}
