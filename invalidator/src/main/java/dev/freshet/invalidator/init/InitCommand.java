// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.core.source.Shortcoming;
import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.invalidator.init.draft.Drafting;
import dev.freshet.invalidator.init.file.ExistingFile;
import dev.freshet.invalidator.init.file.MappingText;
import dev.freshet.invalidator.init.keys.KeyGuesses;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.schema.Schema;
import dev.freshet.model.text.NotTextException;
import dev.freshet.model.text.TextFile;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.schema.SchemaReader;
import dev.freshet.postgres.setup.CatalogRights;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.OutputFile;
import dev.freshet.support.config.postgres.JdbcOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator init}: writes a mapping of a database, or adds to one what is new in the database. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Writes a mapping of a database: its tables, their keys and references, and a key template for each table.",
            "Reads the catalogue alone, which every role may. If the file exists, only adds what is new.",
            "Exit code: 0 done, 1 PostgreSQL or Redis did not answer or nothing can be mapped, 2 wrong usage."
        })
public final class InitCommand implements Callable<Integer> {
    private static final Path DEFAULT_FILE = Path.of("mapping.yaml");

    @Spec
    private CommandSpec spec;

    @Mixin
    private JdbcOptions jdbc;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write, or to add to. Default: mapping.yaml.")
    private Path output;

    @Option(
            names = "--print",
            description = "Print the mapping instead of writing it. With --output: what that file would become.")
    private boolean print;

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "GLOB",
            description = "Only these tables: names or patterns such as order_*, with or without a schema.")
    private List<String> tables;

    @Option(names = "--schemas", split = ",", paramLabel = "GLOB", description = "Only the tables of these schemas.")
    private List<String> schemas;

    @Mixin
    private KeyScan keys;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        var selection = new Selection(tables, schemas);
        keys.requireUsable();
        Path file = output == null ? DEFAULT_FILE : output;
        if (!print) {
            OutputFile.require("--output", file);
        }
        Optional<String> before = print && output == null ? Optional.empty() : content(file);
        try {
            Optional<ExistingFile> existing = before.map(text -> ExistingFile.of(file.toString(), text));
            return draft(file, before, existing, selection);
        } catch (MappingException e) {
            err.println(e.getMessage());
            err.println("so nothing was added; correct " + file + ", or name another file by --output");
            return CommandLine.ExitCode.USAGE;
        } catch (SQLException e) {
            err.println("could not ask the database: " + FailureCause.in(e));
            return CommandLine.ExitCode.SOFTWARE;
        } catch (KeyCensus.UnavailableException e) {
            err.println("could not ask Redis: " + e.getMessage()
                    + "; nothing was written. Without --redis-url, init does not ask it");
            return CommandLine.ExitCode.SOFTWARE;
        } catch (SafeFile.ChangedException e) {
            err.println(file + " " + e.getMessage() + "; nothing was written. Run init again");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** @throws ConfigException if the file exists and is no text */
    private static Optional<String> content(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TextFile.read(file));
        } catch (NotTextException e) {
            throw ConfigException.badFile(
                    "--output", file.toString(), TextFile.what(e), "a mapping to add to, or no file");
        }
    }

    private int draft(Path file, Optional<String> before, Optional<ExistingFile> existing, Selection selection)
            throws SQLException, InterruptedException, IOException {
        PrintWriter err = spec.commandLine().getErr();
        var progress = new Terminal(err, System.console() != null, System::nanoTime);
        // What is mapped already is looked at in any case: new tables may refer to it.
        Set<TableName> mapped =
                existing.map(each -> Set.copyOf(each.mapping().tables())).orElse(Set.of());
        Optional<Schema> read = schema(name -> selection.test(name) || mapped.contains(name), progress);
        if (read.isEmpty()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Schema schema = read.get();
        selection.requireMatches();
        Draft draft = Drafting.draft(
                schema,
                existing.map(ExistingFile::mapping),
                existing.map(ExistingFile::declined).orElse(Set.of()));
        Optional<KeyGuesses> guesses = Optional.empty();
        if (keys.isWanted()) {
            var scanned = keys.names(progress);
            guesses = Optional.of(KeyGuesses.of(scanned.names(), draft, schema));
            draft = guesses.get().applied(draft);
            err.println("looked at " + scanned.names().all() + " keys in Redis"
                    + (scanned.whole() ? "" : "; there are more, see --most-keys and --scan-time"));
        }
        return write(file, before, existing, schema, draft, new NotesBook(draft, schema, guesses, existing));
    }

    /** Empty if rights are missing that every role has unless somebody revoked them; that is told. */
    private Optional<Schema> schema(Predicate<TableName> wanted, Terminal progress) throws SQLException {
        var database = jdbc.settings(Environment.ofProcess());
        try (Connection connection = new PostgresConnections(database).open("init")) {
            try {
                return Optional.of(SchemaReader.read(
                        connection,
                        wanted,
                        (done, all) -> progress.show("read " + done + " of " + all + " tables from the catalogue")));
            } catch (JdbiException | SQLException e) {
                List<Shortcoming> missing =
                        FailureCause.isDenied(e) ? CatalogRights.inspect(connection, Optional.empty()) : List.of();
                if (missing.isEmpty()) {
                    throw e;
                }
                missing.forEach(spec.commandLine().getErr()::println);
                return Optional.empty();
            }
        } catch (JdbiException e) {
            throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getMessage(), e);
        } finally {
            progress.done();
        }
    }

    private int write(
            Path file,
            Optional<String> before,
            Optional<ExistingFile> existing,
            Schema schema,
            Draft draft,
            NotesBook book)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Set<TableName> seen = existing.map(ExistingFile::seen).orElse(Set.of());
        List<DraftEntity> added = draft.entities().stream()
                .filter(entity -> !seen.contains(entity.table()))
                .toList();
        if (existing.isEmpty() && added.isEmpty()) {
            err.println("database " + schema.database() + " has no table that can be mapped; nothing was written");
            draft.leftOut().forEach((table, why) -> err.println("  " + table + " " + why));
            return CommandLine.ExitCode.SOFTWARE;
        }
        Map<String, List<DraftReference>> references = book.newReferences(added);
        Optional<String> text = existing.isPresent()
                ? existing.get().with(added, references, book.notes(references))
                : Optional.of(MappingText.of(draft, book.notes(references), schema.database(), file.toString()));
        if (text.isEmpty()) {
            // A new reference may make a path of the file ambiguous; then it is only told.
            references = Map.of();
            text = existing.orElseThrow().with(added, references, book.notes(references));
        }
        if (text.isEmpty()) {
            err.println("entities of " + file
                    + " are written in a way that init cannot add to; nothing was written. Add these by hand:");
            spec.commandLine().getOut().println(ExistingFile.text(added));
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (print) {
            spec.commandLine().getOut().print(text.get());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        Told.drafted(err, file, existing.isPresent(), added, references, draft, book);
        if (before.equals(text)) {
            err.println(file + " is as it was");
        } else {
            SafeFile.write(file, text.get(), before);
            err.println("wrote " + file + "; next: freshet invalidator check --mapping " + file);
        }
        return CommandLine.ExitCode.OK;
    }
}
