// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import dev.freshet.devservices.DevServices;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Both servers and the three processes, each with a role of least privilege and generated secrets. Everything is
 * stopped when the JVM ends or the stack is closed, the newest first. Not thread-safe.
 */
public final class Stack implements AutoCloseable {
    private static final String MAPPING = "contexts.yaml";

    private final StackSettings settings;
    private final Path folder;
    private final Progress progress;
    private final Credentials credentials = Credentials.generate();
    private final Jars jars = Jars.locate();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final CompletableFuture<StackException> broken = new CompletableFuture<>();

    private Path mapping;
    private PostgresServer postgres;
    private RedisServer redis;
    private RedisSentinel sentinel;
    private TestDatabase database;
    private ServiceProcess writer;
    private ServiceProcess reader;
    private ServiceProcess invalidator;

    /**
     * Creates the stack without starting anything.
     *
     * @param folder for the processes' logs
     */
    public Stack(StackSettings settings, Path folder, Progress progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Starts everything. Returns when all of it is ready.
     *
     * @throws StackException with the end of the log if a process does not become ready
     */
    public void start() {
        // Checked first, so that a missing jar is reported before PostgreSQL is started.
        List.of("writer-service", "reference/reader-service", "invalidator").forEach(jars::app);
        var ports = settings.ports();
        progress.starting("PostgreSQL");
        postgres = PostgresServer.start(settings.postgres().preferPort(ports.postgres()));
        progress.up("PostgreSQL", postgres.host() + ":" + postgres.port() + "  " + DevServices.report());
        progress.starting("Redis");
        var further = settings.mapping() == null ? null : settings.mapping().keys();
        startRedis(RedisUsers.add(settings.redis(), credentials, further).preferPort(ports.redis()));
        progress.starting("schema and roles");
        migrate();
        progress.up("schema", "database " + Roles.DATABASE + ", migrated; a role of least privilege for each process");
        writer = service("writer", "writer-service", List.of(), "FRESHET_PORT", ports.writer(), writerSettings());
        reader = service(
                "reader", "reference/reader-service", List.of(), "FRESHET_PORT", ports.reader(), readerSettings());
        if (settings.sidecar()) {
            invalidator = service(
                    "invalidator",
                    "invalidator",
                    List.of("run"),
                    "FRESHET_ADMIN_PORT",
                    ports.invalidator(),
                    invalidatorSettings());
        }
        for (var process : List.copyOf(processes)) {
            progress.starting(process.name());
            process.awaitReady();
            progress.up(process.name(), process.address().toString());
        }
    }

    private void startRedis(RedisOptions options) {
        if (settings.sentinel()) {
            sentinel = RedisSentinel.start(options);
            progress.up("Redis", sentinel.toString());
        } else {
            redis = RedisServer.start(options);
            progress.up("Redis", redis.host() + ":" + redis.port());
        }
    }

    private String redisUri(String user, String password) {
        return sentinel != null ? sentinel.uri(user, password) : redis.uri(user, password);
    }

    private void migrate() {
        database = Roles.create(postgres, credentials);
        ServiceProcess.start(spec("migrate", "writer-service", List.of("migrate"), ownerSettings()), http)
                .awaitSuccess();
        Roles.publish(database);
    }

    private ServiceProcess service(
            String name,
            String module,
            List<String> arguments,
            String portVariable,
            int port,
            Map<String, String> environment) {
        environment.put(portVariable, Integer.toString(Ports.free(port)));
        var process = ServiceProcess.start(spec(name, module, arguments, environment), http);
        processes.add(process);
        process.onExit().thenAccept(exit -> {
            if (!process.isExpectedToEnd()) {
                broken.complete(process.died(exit));
            }
        });
        return process;
    }

    private ChildProcess.Spec spec(
            String name, String module, List<String> arguments, Map<String, String> environment) {
        var command = ServiceLaunch.command(settings.javaFlags(), jars.app(module), arguments);
        return new ChildProcess.Spec(name, command, environment, folder.resolve(name + ".log"));
    }

    private Map<String, String> writerSettings() {
        var environment = connection(Roles.WRITER, credentials.writer());
        environment.put("FRESHET_JWT_SECRET", credentials.jwtSecret());
        return environment;
    }

    private Map<String, String> readerSettings() {
        var environment = connection(Roles.READER, credentials.reader());
        environment.put("FRESHET_JWT_SECRET", credentials.jwtSecret());
        environment.put("FRESHET_REDIS_URL", redisUri(RedisUsers.READER, credentials.redisReader()));
        return environment;
    }

    /** Environment variables of the invalidator, for whoever evicts in its place with its rights. */
    public Map<String, String> invalidatorSettings() {
        var environment = connection(Roles.INVALIDATOR, credentials.invalidator());
        environment.put("FRESHET_REDIS_URL", redisUri(RedisUsers.INVALIDATOR, credentials.redisInvalidator()));
        // Polls for changes every 2 ms instead of every 10 ms. This halves the latency and costs a third of a core
        // while idle.
        environment.put("FRESHET_MAPPING", mapping().toString());
        return environment;
    }

    /** The file with the mapping, which is written when it is needed first. */
    private Path mapping() {
        if (settings.mapping() != null) {
            return settings.mapping().file();
        }
        if (mapping == null) {
            var file = folder.resolve(MAPPING).toAbsolutePath();
            try (var in = Stack.class.getResourceAsStream("/" + MAPPING)) {
                Files.write(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            mapping = file;
        }
        return mapping;
    }

    /**
     * Environment variables for a command that works as the owner of the tables; added to this process's environment.
     */
    public Map<String, String> ownerSettings() {
        return connection(PostgresServer.SUPERUSER, postgres.password());
    }

    /**
     * Environment variables for a command that works with the invalidator's rights; added to this process's
     * environment.
     */
    public Map<String, String> auditSettings() {
        var environment = invalidatorSettings();
        environment.put("FRESHET_RECENT_URL", invalidator.address() + "/recent");
        return environment;
    }

    private Map<String, String> connection(String user, String password) {
        return ServiceLaunch.environment(database, user, password);
    }

    /** Completes when one of the processes ends unexpectedly; the exception has the message to show. */
    public CompletableFuture<StackException> broken() {
        return broken;
    }

    public ServiceProcess writer() {
        return writer;
    }

    public ServiceProcess reader() {
        return reader;
    }

    /** Null if it is not started. */
    public ServiceProcess invalidator() {
        return invalidator;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** The address of Redis, for a user with all permissions. */
    public String redisUri() {
        return sentinel != null ? sentinel.uri() : redis.uri();
    }

    /**
     * The Redis server; its {@link RedisServer#uri()} is for a user with all permissions. Null if there are Sentinels.
     */
    public RedisServer redis() {
        return redis;
    }

    /** The Sentinels; null if there is only one Redis server. */
    public RedisSentinel sentinel() {
        return sentinel;
    }

    /** The database, as superuser. */
    public TestDatabase database() {
        return database;
    }

    /** The database, as an application that may change contexts with plain SQL. */
    public TestDatabase application() {
        return database.as(Roles.APP, credentials.app());
    }

    /** The secret with which writer and reader verify tokens. */
    public String jwtSecret() {
        return credentials.jwtSecret();
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).stop();
        }
        if (redis != null) {
            redis.close();
        }
        if (sentinel != null) {
            sentinel.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
