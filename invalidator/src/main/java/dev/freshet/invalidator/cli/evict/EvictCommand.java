// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.evict;

import dev.freshet.core.plan.rows.LookUpException;
import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.evict.Wanted.RefusedException;
import dev.freshet.invalidator.cli.explain.RowId;
import dev.freshet.invalidator.cli.servers.Confirmation;
import dev.freshet.invalidator.cli.servers.ReadOnlyDatabase;
import dev.freshet.invalidator.cli.servers.ServerOptions;
import dev.freshet.model.mapping.EntityMapping;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator evict}: evicts a key, what is computed from a row, or a tag. */
@Command(
        name = "evict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "evict KEY           this key, if a template of the mapping makes it, or it is an entry of cache-client",
            "evict TABLE ID      all that changes of this row evict: needs --jdbc-url",
            "evict --by-tag TAG  all entries that were computed from what the tag names, such as task:42",
            "Counts first, and asks. Evicts as the running invalidator does, and may run beside it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet evict stock:1:7 --mapping shop.yaml --redis-url redis://localhost",
            "  freshet evict public.film 7 --mapping shop.yaml --redis-url redis://localhost --jdbc-url jdbc:postgresql://…",
            "",
            "Exit codes: 0 evicted; 1 not confirmed, or a server did not answer; 2 wrong usage, or no such key."
        })
public final class EvictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KEY|TABLE",
            description = "A key; or, before an ID, a table or an entity.")
    private String subject;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "Id of a row: 7; a,b in the order of the mapping; or column=value,column=value.")
    private String id;

    @Option(names = "--by-tag", paramLabel = "TAG", description = "A tag instead of a key.")
    private String tag;

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            description = "With --by-tag: of this owner alone, where rows have owners ('isolate').")
    private String owner;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Mapping file. Required.")
    private Path mappingFile;

    @Mixin
    private ServerOptions servers;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        if ((subject == null) == (tag == null)) {
            throw new ParameterException(spec.commandLine(), "expected one of KEY, TABLE ID and --by-tag TAG");
        }
        if (owner != null && tag == null) {
            throw new ParameterException(spec.commandLine(), "--owner is given without --by-tag; expected both");
        }
        Mapping mapping = SourceOptions.mapping(mappingFile);
        var database = servers.database();
        try (ReadOnlyDatabase rows = database.isEmpty() ? null : ReadOnlyDatabase.open(database.get(), "evict")) {
            Wanted wanted = wanted(mapping, rows);
            return new Removal(
                            servers,
                            mapping,
                            rows == null ? KeyPatterns.NONE : rows.patterns(mapping),
                            rows == null ? Optional.empty() : Optional.of(rows.owner()),
                            Confirmation.of(yes),
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    .evict(wanted);
        } catch (RefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (SQLException e) {
            spec.commandLine().getErr().println("could not ask the database: " + SqlFailure.message(e));
            return ExitCode.SOFTWARE;
        }
    }

    private Wanted wanted(Mapping mapping, ReadOnlyDatabase rows) throws RefusedException {
        if (tag != null) {
            return new TagTargets(mapping).of(tag, Optional.ofNullable(owner));
        }
        if (id == null) {
            return new KeyTargets(mapping, rows == null ? table -> Optional.empty() : rows.catalog()).of(subject);
        }
        EntityMapping entity = EntityChoice.of(mapping, subject);
        if (rows == null) {
            throw new RefusedException(
                    "which keys a row's changes evict stands in the database; expected --jdbc-url URL");
        }
        try {
            return new RowTargets(mapping, rows::relations).row(entity, RowId.parse(entity, id));
        } catch (LookUpException e) {
            throw new RefusedException("the database cannot look " + entity + " '" + id + "' up: "
                    + SqlFailure.behind(e).map(SqlFailure::message).orElse(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(e.getMessage());
        }
    }
}
