// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.TagCoverage;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.core.source.Topic;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.Problem;
import dev.freshet.model.mapping.check.CatalogTable;
import dev.freshet.model.mapping.check.MappingCheck;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a mapping. */
public final class MappedDatabase implements DatabaseView {
    private static final Logger LOG = LoggerFactory.getLogger(MappedDatabase.class);

    private final Mapping mapping;
    private final Planner planner;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicReference<KeyPatterns> patterns = new AtomicReference<>(KeyPatterns.NONE);

    public MappedDatabase(Mapping mapping) {
        this.mapping = mapping;
        this.planner = new Planner(mapping);
    }

    /** Returns the errors as shortcomings. Warnings are only logged, once each. */
    @Override
    public List<Shortcoming> shortcomings(Connection connection) {
        List<Problem> problems = problems(connection);
        problems.stream()
                .filter(problem -> !problem.isError() && told.add(problem.toString()))
                .forEach(problem -> LOG.info("{}", problem));
        return problems.stream()
                .filter(Problem::isError)
                .map(problem -> new Shortcoming(
                        problem.code(),
                        problem.at().place(),
                        problem.at() + ": " + problem.message(),
                        problem.remedy().stream().toList(),
                        false,
                        problem.remedy().isPresent() ? Topic.REPLICA_IDENTITY : Topic.OTHER))
                .toList();
    }

    /** All problems, errors and warnings. */
    public List<Problem> problems(Connection connection) {
        return MappingCheck.check(mapping, new JdbcCatalog(handle(connection)));
    }

    /** Rows of a table whose owner column is NOT NULL purge no shared tags. */
    @Override
    public Coverage coverage(Connection connection) {
        var catalog = new JdbcCatalog(handle(connection));
        return TagCoverage.of(
                mapping,
                entity -> catalog.table(entity.table())
                        .map(table -> table.columns().get(entity.isolate().orElseThrow()))
                        .map(CatalogTable.Column::nullable)
                        .orElse(true));
    }

    @Override
    public KeyPatterns patterns(Connection connection, Collection<KeyRule> others) {
        var catalog = new JdbcCatalog(handle(connection));
        KeyPatterns own = patterns.accumulateAndGet(KeyPatterns.of(mapping, catalog), KeyPatterns::and);
        return own.and(KeyPatterns.of(
                others.stream().map(rule -> rule.pattern(catalog)).toList()));
    }

    @Override
    public Relations relations(Connection connection) {
        return new JdbcRelations(handle(connection), planner);
    }

    /** A handle that leaves the connection open; the connection belongs to the caller. */
    private static Handle handle(Connection connection) {
        return Jdbi.create(connection).open();
    }
}
