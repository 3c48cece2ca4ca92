// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import dev.freshet.core.cache.Owner;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.invalidator.run.postgres.PostgresSource;
import dev.freshet.model.finding.DatabaseCode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Place.Kind;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.postgres.connection.FailureCause;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.failover.FailoverInspection;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.CatalogRights;
import dev.freshet.postgres.setup.SourceInspection;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.support.config.postgres.JdbcSettings;
import dev.freshet.support.config.postgres.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** What the database lacks for a mapping. Changes nothing. */
final class DatabaseLayer {
    private final Mapping mapping;
    private final MappedDatabase view;
    private final CaptureScope scope;
    private final Optional<String> role;
    private final JdbcSettings servers;

    /**
     * @param role the role whose rights are checked; empty for the connection's
     * @param servers the primary, and standbys that are asked whether they copy the slot
     */
    DatabaseLayer(Mapping mapping, String slot, String publication, Optional<String> role, JdbcSettings servers) {
        this.mapping = mapping;
        this.view = new MappedDatabase(mapping);
        this.scope = PostgresSource.scope(slot, publication, mapping, new Planner(mapping));
        this.role = role;
        this.servers = servers;
    }

    /**
     * What was found.
     *
     * @param whole whether everything could be looked at
     */
    record Look(boolean whole, List<Finding> findings) {}

    Look look(Connection connection) throws SQLException {
        List<Shortcoming> missing = new ArrayList<>(CatalogRights.inspect(connection, role));
        List<Problem> problems = List.of();
        var found = new ArrayList<Finding>();
        boolean whole = true;
        try {
            problems = view.problems(connection);
            missing.addAll(SourceInspection.inspect(connection, scope, role));
            found.addAll(FailoverInspection.inspect(connection, scope.slot(), servers));
        } catch (SQLException | JdbiException e) {
            if (missing.isEmpty() || !FailureCause.isDenied(e)) {
                throw e;
            }
            whole = false;
            found.add(Finding.of(
                    DatabaseCode.NOT_ALL_LOOKED_AT,
                    Place.of(Kind.SERVER, "PostgreSQL"),
                    (role.isEmpty() ? "without these rights" : "without rights of its own")
                            + " check cannot inspect everything; run it again once they are granted"));
        }
        found.addAll(0, missing.stream().map(Shortcoming::finding).toList());
        found.addAll(0, problems.stream().map(Problem::finding).toList());
        return new Look(whole, found);
    }

    /** Everything that a statement can fix, mere warnings about the mapping included, in the order in which to fix it. */
    List<Shortcoming> mendable(Connection connection) throws SQLException {
        var lacking = new ArrayList<>(CatalogRights.inspect(connection, role));
        try {
            for (Problem problem : view.problems(connection)) {
                lacking.add(new Shortcoming(
                        problem.code(),
                        problem.at().place(),
                        problem.message(),
                        problem.remedy().stream().toList(),
                        false,
                        problem.isError() ? Topic.REPLICA_IDENTITY : Topic.WARNINGS));
            }
            lacking.addAll(SourceInspection.inspect(connection, scope, role));
        } catch (SQLException | JdbiException e) {
            if (lacking.isEmpty() || !FailureCause.isDenied(e)) {
                throw e;
            }
        }
        return lacking;
    }

    KeyPatterns patterns(Connection connection) {
        return view.patterns(connection, List.of());
    }

    String namespace() {
        return mapping.namespace();
    }

    /** The owner that the namespace will have; empty if the role may not ask for it, which is a finding of its own. */
    Optional<Owner> owner(Connection connection) throws SQLException {
        try {
            return Optional.of(new Owner(
                    JdbcServerIdentity.systemIdentifier(connection),
                    JdbcServerIdentity.database(connection),
                    scope.slot()));
        } catch (SQLException e) {
            if (!FailureCause.isDenied(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The finding that the database cannot be asked. */
    static Finding unanswered(SQLException failure) {
        Optional<Shortcoming> known = FailureCause.shortcoming(failure);
        return new Finding(
                known.map(Shortcoming::code).orElse(DatabaseCode.NO_ANSWER),
                Place.of(Kind.SERVER, "PostgreSQL"),
                "could not ask the database: " + SqlFailure.message(failure),
                known.map(Shortcoming::remedy).orElse(List.of()));
    }
}
