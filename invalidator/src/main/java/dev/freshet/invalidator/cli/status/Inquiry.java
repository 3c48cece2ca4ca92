// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import dev.freshet.invalidator.cli.recent.AdminPort;
import dev.freshet.invalidator.cli.servers.PatientCache;
import dev.freshet.invalidator.cli.servers.ServerOptions;
import dev.freshet.invalidator.cli.status.Report.Server;
import dev.freshet.invalidator.cli.status.Report.Unanswered;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.slot.SlotReport;
import dev.freshet.postgres.slot.SlotReports;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.SqlFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks each server that is named. One that does not answer keeps none of the others from being asked. One thread. */
final class Inquiry {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String USUAL_SLOT = "freshet";

    private final ServerOptions servers;
    private final String slot;
    private final String namespace;
    private final Duration sample;
    private final List<Unanswered> unanswered = new ArrayList<>();

    /**
     * @param slot null for the one of the invalidator that is asked, or else the usual one
     * @param namespace null for the one of the invalidator that is asked
     * @param sample time between two looks, from which rates are computed; zero for one look
     */
    Inquiry(ServerOptions servers, String slot, String namespace, Duration sample) {
        this.servers = servers;
        this.slot = slot;
        this.namespace = namespace;
        this.sample = sample;
    }

    /** Nobody was told which namespace is meant. */
    static final class NoNamespaceException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    Report report() throws InterruptedException, NoNamespaceException {
        Optional<AdminPort> admin = servers.admin().map(url -> new AdminPort("FRESHET_ADMIN_URL", url));
        Running first = admin.map(this::running).orElse(null);
        String name = slot != null ? slot : first != null ? first.slot() : USUAL_SLOT;
        Optional<Connection> database = connect();
        Optional<SlotReport> before = Optional.empty();
        Running then = first;
        SlotReport now = null;
        try {
            before = database.flatMap(open -> slot(open, name));
            now = before.orElse(null);
            if (!sample.isZero() && (first != null || now != null)) {
                Thread.sleep(sample.toMillis());
                then = first == null ? null : admin.map(this::running).orElse(null);
                now = before.isEmpty()
                        ? null
                        : database.flatMap(open -> slot(open, name)).orElse(null);
            }
        } finally {
            database.ifPresent(Inquiry::close);
        }
        var rates = sample.isZero() ? Rates.NONE : Rates.between(first, then, before.orElse(null), now);
        Optional<Published> published = published(then);
        return new Report(
                name,
                Optional.ofNullable(then),
                database.isPresent() && !isUnanswered(Server.DATABASE),
                Optional.ofNullable(now),
                published,
                rates,
                unanswered,
                Instant.now());
    }

    private Running running(AdminPort port) {
        try {
            return Running.read(port.get("/status"), Meters.read(port.text("/metrics"), System.nanoTime()));
        } catch (IOException e) {
            lacking(Server.INVALIDATOR, port + ": " + (e.getMessage() == null ? "cannot connect" : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private Optional<Connection> connect() {
        var settings = servers.database();
        try {
            return settings.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PostgresConnections(settings.get()).open("status"));
        } catch (SQLException e) {
            lacking(Server.DATABASE, SqlFailure.message(e));
            return Optional.empty();
        }
    }

    private Optional<SlotReport> slot(Connection connection, String name) {
        try {
            return SlotReports.read(connection, name);
        } catch (SQLException e) {
            lacking(Server.DATABASE, SqlFailure.message(e));
            return Optional.empty();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written, and the process ends.
        }
    }

    private Optional<Published> published(Running running) throws InterruptedException, NoNamespaceException {
        if (servers.redis().isEmpty()) {
            return Optional.empty();
        }
        String name = namespace != null ? namespace : running != null ? running.namespace() : null;
        if (name == null) {
            if (isUnanswered(Server.INVALIDATOR)) {
                return Optional.empty();
            }
            throw new NoNamespaceException();
        }
        EvictorSettings settings = servers.redis(name).orElseThrow();
        try (var cache = new Evictor(settings, new SimpleMeterRegistry())) {
            return Optional.of(Published.of(new PatientCache(cache, settings.address(), PATIENCE).ask(cache::masters)));
        } catch (PatientCache.UnavailableException e) {
            lacking(Server.REDIS, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isUnanswered(Server server) {
        return unanswered.stream().anyMatch(each -> each.server() == server);
    }

    private void lacking(Server server, String why) {
        if (!isUnanswered(server)) {
            unanswered.add(new Unanswered(server, Judge.oneLine(why)));
        }
    }
}
