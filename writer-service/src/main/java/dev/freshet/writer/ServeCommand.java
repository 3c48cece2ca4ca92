// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import dev.freshet.support.config.Environment;
import dev.freshet.support.http.HttpOptions;
import dev.freshet.support.http.auth.Tokens;
import dev.freshet.writer.db.Database;
import dev.freshet.writer.db.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writer serve}, the default command. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the HTTP API.",
            "Secrets come from the environment: FRESHET_JWT_SECRET, FRESHET_JDBC_PASSWORD,"
                    + " FRESHET_MIGRATE_JDBC_PASSWORD; or from a file, such as FRESHET_JWT_SECRET_FILE."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8081;

    @Mixin
    OwnerOptions database;

    @Mixin
    HttpOptions http;

    @Option(
            names = "--migrate",
            arity = "1",
            defaultValue = "true",
            paramLabel = "true|false",
            description = "Whether to migrate the schema first. Default: ${DEFAULT-VALUE}.")
    boolean migrate;

    @Override
    public Integer call() throws InterruptedException {
        var environment = Environment.ofProcess();
        var tokens = Tokens.from(environment);
        if (migrate) {
            Migrations.run(Database.unpooled(database.owner(environment)));
        }
        var pool = Database.open(database.service(environment));
        try {
            WriterService.start(pool, tokens, http.host(), http.port(DEFAULT_PORT))
                    .runUntilStopped(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return 0;
    }
}
