// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.Ports;
import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Everything that runs: both servers and the three processes. Ends with the JVM, the youngest first. */
final class Stack {
    /** The user of the tour, whose token the file of {@code --env-file} holds. */
    static final String DEMO_USER = "demo";

    private final Console console;
    private final Path folder;
    private final ServicePorts ports;
    private final Credentials credentials = Credentials.generate();
    private final Jars jars = Jars.locate();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final CompletableFuture<QuickstartException> broken = new CompletableFuture<>();

    private RedisServer redis;
    private TestDatabase database;
    private ServiceProcess writer;
    private ServiceProcess reader;
    private ServiceProcess invalidator;

    Stack(Console console, Path folder, ServicePorts ports) {
        this.console = console;
        this.folder = folder;
        this.ports = ports;
    }

    /** Returns when all of it is ready. */
    void start() {
        // Before anything is started: a missing jar should not cost a start of PostgreSQL.
        List.of("writer-service", "reader-service", "invalidator").forEach(jars::app);
        var postgres = timed(
                "PostgreSQL",
                () -> PostgresServer.start(PostgresOptions.defaults()
                        .preferPort(ports.postgres())
                        .set("fsync", "on")
                        .set("full_page_writes", "on")));
        console.fact("PostgreSQL", postgres.host() + ":" + postgres.port() + "  " + DevServices.report());
        redis = timed("Redis", () -> RedisServer.start(Cache.options(ports.redis(), credentials)));
        console.fact("Redis", redis.host() + ":" + redis.port());
        database = timed("schema and roles", () -> migrated(postgres));
        console.fact("schema", "database " + Database.NAME + ", migrated; a role of least privilege for each process");
        writer = service("writer", "writer-service", "FRESHET_PORT", ports.writer(), writerSettings());
        reader = service("reader", "reader-service", "FRESHET_PORT", ports.reader(), readerSettings());
        invalidator =
                service("invalidator", "invalidator", "FRESHET_ADMIN_PORT", ports.invalidator(), invalidatorSettings());
        for (var process : List.copyOf(processes)) {
            timed(process.name(), () -> {
                process.awaitReady(http);
                return process;
            });
            console.fact(process.name(), process.address().toString());
        }
    }

    private TestDatabase migrated(PostgresServer postgres) {
        var created = Database.create(postgres, credentials);
        var environment = connection(PostgresServer.SUPERUSER, postgres.password(), created);
        ServiceProcess.start("migrate", jars.app("writer-service"), List.of("migrate"), environment, folder)
                .awaitSuccess();
        Database.publish(created);
        return created;
    }

    private ServiceProcess service(
            String name, String module, String portVariable, int port, Map<String, String> settings) {
        var environment = new LinkedHashMap<>(settings);
        environment.put(portVariable, Integer.toString(Ports.free(port)));
        var process = ServiceProcess.start(name, jars.app(module), arguments(name), environment, folder);
        processes.add(process);
        process.onExit().thenAccept(exit -> broken.complete(process.died(exit)));
        return process;
    }

    private static List<String> arguments(String name) {
        return name.equals("invalidator") ? List.of("run") : List.of();
    }

    private Map<String, String> writerSettings() {
        var settings = connection(Database.WRITER, credentials.writer(), database);
        settings.put("FRESHET_JWT_SECRET", credentials.jwtSecret());
        return settings;
    }

    private Map<String, String> readerSettings() {
        var settings = connection(Database.READER, credentials.reader(), database);
        settings.put("FRESHET_JWT_SECRET", credentials.jwtSecret());
        settings.put("FRESHET_REDIS_URL", redis.uri(Cache.READER, credentials.redisReader()));
        return settings;
    }

    private Map<String, String> invalidatorSettings() {
        var settings = connection(Database.INVALIDATOR, credentials.invalidator(), database);
        settings.put("FRESHET_REDIS_URL", redis.uri(Cache.INVALIDATOR, credentials.redisInvalidator()));
        return settings;
    }

    /** Settings of this shell must not reach the processes, so everything of ours is taken away first. */
    private static Map<String, String> connection(String user, String password, TestDatabase database) {
        var settings = new LinkedHashMap<String, String>();
        System.getenv().keySet().stream()
                .filter(variable -> variable.startsWith("FRESHET_"))
                .forEach(variable -> settings.put(variable, null));
        settings.put("FRESHET_JDBC_URL", database.jdbcUrl());
        settings.put("FRESHET_JDBC_USER", user);
        settings.put("FRESHET_JDBC_PASSWORD", password);
        return settings;
    }

    private <T> T timed(String what, java.util.function.Supplier<T> work) {
        console.live("  starting " + what + " …");
        return work.get();
    }

    /** Completes when one of the processes ends by itself, with what to say about it. */
    CompletableFuture<QuickstartException> broken() {
        return broken;
    }

    /** What {@code --env-file} writes. */
    Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("FRESHET_JDBC_URL", database.jdbcUrlWithUser());
        variables.put("FRESHET_REDIS_URL", redis.uri());
        variables.put("FRESHET_WRITER_URL", writer.address().toString());
        variables.put("FRESHET_READER_URL", reader.address().toString());
        variables.put("FRESHET_INVALIDATOR_URL", invalidator.address().toString());
        variables.put("FRESHET_TOKEN", DemoToken.of(DEMO_USER, credentials.jwtSecret()));
        return variables;
    }

    Api api(String user) {
        return new Api(http, writer.address(), reader.address(), user, DemoToken.of(user, credentials.jwtSecret()));
    }

    RecentFeed recent() {
        return new RecentFeed(http, invalidator.address());
    }

    URI invalidatorAddress() {
        return invalidator.address();
    }

    KeyWatch watch() {
        return new KeyWatch(redis.uri());
    }

    UnawareApp unawareApp() {
        return new UnawareApp(database.as(Database.APP, credentials.app()), database);
    }
}
