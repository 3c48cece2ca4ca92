// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.postgres;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.SourceException;
import dev.freshet.debezium.CaptureSettings;
import dev.freshet.invalidator.run.settings.OnPromotion;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.source.Source;
import dev.freshet.invalidator.run.source.SourceSession;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.connection.Primary;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.tables.DatabaseView;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A PostgreSQL database, read through a replication slot. Thread-safe. */
public final class PostgresSource implements Source {
    private final RunSettings settings;
    private final DatabaseView view;
    private final CaptureScope scope;
    private final String purpose;

    /**
     * @param planner knows in which tables rows are looked up
     * @param purpose the name of the connection that holds the lock, which other instances read
     */
    public PostgresSource(RunSettings settings, DatabaseView view, Planner planner, String purpose) {
        this.settings = settings;
        this.view = view;
        this.scope = scope(settings.slot(), settings.publication(), settings.mapping(), planner);
        this.purpose = purpose;
    }

    /** What a mapping needs from PostgreSQL. The planner knows in which tables rows are looked up. */
    public static CaptureScope scope(String slot, String publication, Mapping mapping, Planner planner) {
        return new CaptureScope(slot, publication, mapping.tables(), lookedUp(planner));
    }

    private static Map<TableName, Set<String>> lookedUp(Planner planner) {
        var tables = new LinkedHashMap<TableName, Set<String>>();
        planner.reads().forEach((table, reads) -> {
            if (!reads.by().isEmpty()) {
                tables.put(table, reads.by().stream().flatMap(List::stream).collect(Collectors.toSet()));
            }
        });
        return tables;
    }

    @Override
    public SourceSession connect() {
        try {
            JdbcSettings primary = Primary.find(settings.database());
            var connections = new PostgresConnections(primary);
            return new PostgresSession(
                    connections,
                    connections.open(purpose, settings.timings().stallTimeout()),
                    view,
                    scope,
                    new CaptureSettings(
                            primary,
                            settings.slot(),
                            settings.publication(),
                            Set.copyOf(settings.mapping().tables())),
                    settings.timings().stallTimeout(),
                    settings.onPromotion() == OnPromotion.CONTINUE);
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }
}
