// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.reload;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.SourceException;
import dev.freshet.invalidator.run.postgres.PostgresSource;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.setup.SourceInspection;
import dev.freshet.postgres.tables.MappedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Asks PostgreSQL for what a mapping needs there, over a connection of its own. Changes nothing. Thread-safe. */
public final class DatabaseNeeds {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<RunSettings> settings;

    /** @param settings of the run, for address, slot and publication */
    public DatabaseNeeds(Supplier<RunSettings> settings) {
        this.settings = settings;
    }

    /**
     * Everything that is lacking, with the statements that mend it; what a start would mend by itself, too.
     *
     * @throws RuntimeException if the database does not answer
     */
    List<Shortcoming> of(Mapping mapping) {
        RunSettings run = settings.get();
        var scope = PostgresSource.scope(run.slot(), run.publication(), mapping, new Planner(mapping));
        try (Connection connection = new PostgresConnections(run.database()).open("reload", PATIENCE)) {
            var lacking = new ArrayList<>(new MappedDatabase(mapping).shortcomings(connection));
            lacking.addAll(SourceInspection.inspect(connection, scope));
            return lacking;
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    /** A failure, without row values. */
    String inWords(Throwable failure) {
        return FailureCause.in(failure);
    }
}
