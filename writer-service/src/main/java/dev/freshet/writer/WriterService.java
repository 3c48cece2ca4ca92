// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.http.HttpService;
import dev.freshet.support.http.HttpServiceConfig;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.support.http.operations.Metrics;
import dev.freshet.support.http.operations.ReadinessCheck;
import dev.freshet.writer.db.AnswerCleanup;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.Migrations;
import dev.freshet.writer.db.UserTransactions;
import dev.freshet.writer.http.WriterApi;
import dev.freshet.writer.http.WriterMetrics;
import dev.freshet.writer.store.Json;
import java.util.List;

/** Assembles the service. Closing it stops the HTTP server and the cleanup. It does not close the database. */
final class WriterService implements AutoCloseable {
    private final HttpService http;
    private final AnswerCleanup cleanup;

    private WriterService(HttpService http, AnswerCleanup cleanup) {
        this.http = http;
        this.cleanup = cleanup;
    }

    /** @param port 0 for any free port */
    static WriterService start(Database database, Tokens tokens, String host, int port) {
        var registry = Metrics.registry();
        var metrics = new WriterMetrics(registry);
        var transactions = new UserTransactions(database.jdbi(), metrics::retried);
        var http = HttpService.start(new HttpServiceConfig(
                "writer",
                host,
                port,
                tokens,
                Json.MAPPER,
                registry,
                List.of(ReadinessCheck.required("database", () -> Migrations.problem(database.jdbi()))),
                OpenApi.fromClasspath("/openapi/writer.yaml"),
                new WriterApi(transactions, metrics)::register));
        return new WriterService(http, AnswerCleanup.start(database.jdbi()));
    }

    HttpService http() {
        return http;
    }

    /** Reports that the service is up. Does not return; the service and the pool are closed when the process ends. */
    void runUntilStopped(Database pool) throws InterruptedException {
        http.serve(cleanup, pool);
    }

    @Override
    public void close() {
        http.close();
        cleanup.close();
    }
}
