// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.invalidator.cli.servers.Confirmation;
import dev.freshet.invalidator.cli.servers.ReadOnlyDatabase;
import dev.freshet.invalidator.cli.servers.ServerOptions;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.support.config.postgres.SqlFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator purge}: evicts all that is cached of an entity, or all there is. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "purge --entity NAME  all that a TRUNCATE of the entity's table evicts",
            "purge --all          the whole namespace, and the keys of all templates",
            "Counts first, and asks. Goes through all keys of Redis (SCAN). The types of columns, which the database",
            "tells, decide which keys a template can have made: others stay."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  freshet purge --entity film --mapping shop.yaml --redis-url redis://localhost --jdbc-url jdbc:postgresql://…",
            "",
            "Exit codes: 0 purged; 1 not confirmed, or a server did not answer; 2 wrong usage, or another's namespace."
        })
public final class PurgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--entity", paramLabel = "NAME", description = "An entity of the mapping, or its table.")
    private String entity;

    @Option(names = "--all", description = "Everything.")
    private boolean all;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Mapping file. Required.")
    private Path mappingFile;

    @Mixin
    private ServerOptions servers;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        if ((entity == null) != all) {
            throw new ParameterException(spec.commandLine(), "expected one of --entity NAME and --all");
        }
        Mapping mapping = SourceOptions.mapping(mappingFile);
        var database = servers.database();
        if (database.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "which keys templates can have made stands in the database; expected --jdbc-url URL");
        }
        try (var rows = ReadOnlyDatabase.open(database.get(), "evict")) {
            KeyPatterns patterns = rows.patterns(mapping);
            var removal = new Removal(
                    servers,
                    mapping,
                    patterns,
                    Optional.of(rows.owner()),
                    Confirmation.of(yes),
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
            return all
                    ? removal.purge(patterns.globs())
                    : removal.evict(new RowTargets(mapping, rows::relations).entity(EntityChoice.of(mapping, entity)));
        } catch (RefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (SQLException e) {
            spec.commandLine().getErr().println("could not ask the database: " + SqlFailure.message(e));
            return ExitCode.SOFTWARE;
        }
    }
}
