// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.demo;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.devservices.stack.Jars;
import dev.freshet.devservices.stack.ServiceLaunch;
import dev.freshet.devservices.stack.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL with the shop's tables, Redis, and the invalidator between them. Stopped when closed. */
final class Servers implements AutoCloseable {
    private final WorkFolder folder = WorkFolder.create("example-spring");
    private final PostgresServer postgres;
    private final TestDatabase database;
    private final RedisServer redis;
    private final ServiceProcess invalidator;

    private Servers() {
        var jar = Jars.locate().app("invalidator");
        postgres = PostgresServer.start();
        database = postgres.createDatabase("shop");
        database.execute(text("schema.sql"));
        redis = RedisServer.start();
        invalidator = ServiceProcess.start(invalidator(jar), HttpClient.newHttpClient());
        invalidator.awaitReady();
    }

    static Servers start() {
        return new Servers();
    }

    private ChildProcess.Spec invalidator(Path jar) {
        var environment = ServiceLaunch.environment(database, database.user(), database.password());
        environment.put("FRESHET_REDIS_URL", redis.uri());
        environment.put("FRESHET_MAPPING", mapping().toString());
        environment.put("FRESHET_ADMIN_PORT", Integer.toString(Ports.free(0)));
        var flags = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");
        return new ChildProcess.Spec(
                "invalidator",
                ServiceLaunch.command(flags, jar, List.of("run")),
                environment,
                folder.path().resolve("invalidator.log"));
    }

    private Path mapping() {
        try {
            return Files.writeString(folder.path().resolve("mapping.yaml"), text("mapping.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        try (var in = Servers.class.getResourceAsStream("/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestDatabase database() {
        return database;
    }

    String redis() {
        return redis.uri();
    }

    @Override
    public void close() {
        invalidator.stop();
        redis.close();
        postgres.close();
        folder.close();
    }
}
