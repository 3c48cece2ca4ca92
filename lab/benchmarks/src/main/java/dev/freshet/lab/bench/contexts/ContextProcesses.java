// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.contexts;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.process.ChildProcess;
import dev.freshet.devservices.process.Ports;
import dev.freshet.devservices.stack.Jars;
import dev.freshet.devservices.stack.ServiceLaunch;
import dev.freshet.devservices.stack.ServiceProcess;
import dev.freshet.lab.bench.process.SubjectLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts the writer-service, and the invalidator on the tables of contexts. Not thread-safe. */
public final class ContextProcesses {
    /** The namespace of the mapping. */
    public static final String NAMESPACE = "ctx";

    /** Those of {@code ./freshet writer}. */
    private static final List<String> WRITER_FLAGS =
            List.of("-XX:+UseSerialGC", "-Xmx384m", "-XX:+ExitOnOutOfMemoryError");

    private static final String WRITER_ROLE = "freshet_writer";
    private static final String MAPPING = "contexts.yaml";

    private final String redisUri;
    private final Path folder;
    private final Path mapping;
    private final Jars jars = Jars.locate();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String jwtSecret = UUID.randomUUID().toString() + UUID.randomUUID();
    private int started;

    /** @param folder for the mapping and the logs */
    ContextProcesses(String redisUri, Path folder) {
        this.redisUri = redisUri;
        this.folder = folder;
        mapping = folder.resolve(MAPPING);
        try (var in = ContextProcesses.class.getResourceAsStream("/" + MAPPING)) {
            Files.write(mapping, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + mapping, e);
        }
    }

    /** Creates the schema, and lets the writer's role log in. */
    void migrate(TestDatabase database) {
        start("migrate", WRITER_FLAGS, "writer-service", List.of("migrate"), settings(database, database.user()))
                .awaitSuccess();
        database.execute("ALTER ROLE " + WRITER_ROLE + " LOGIN PASSWORD '" + database.password() + "'");
    }

    /** The secret with which the writer verifies tokens. */
    public String jwtSecret() {
        return jwtSecret;
    }

    /** The writer-service, with its role of least privilege. Returns when it is ready. */
    public ServiceProcess writer(TestDatabase database) {
        var settings = settings(database, WRITER_ROLE);
        settings.put("FRESHET_JWT_SECRET", jwtSecret);
        settings.put("FRESHET_PORT", Integer.toString(Ports.free(0)));
        var writer = start("writer", WRITER_FLAGS, "writer-service", List.of("serve", "--migrate", "false"), settings);
        writer.awaitReady();
        return writer;
    }

    /** The name of the invalidator's slot. */
    public static String slot(TestDatabase database) {
        return database.name();
    }

    /** The invalidator with its default settings. Returns when it is ready. */
    public ServiceProcess invalidator(TestDatabase database) {
        var settings = settings(database, database.user());
        settings.put("FRESHET_REDIS_URL", redisUri);
        settings.put("FRESHET_ADMIN_PORT", Integer.toString(Ports.free(0)));
        var arguments = List.of("run", "--mapping", mapping.toString(), "--slot", slot(database));
        var invalidator = start("invalidator", SubjectLauncher.JAVA_FLAGS, "invalidator", arguments, settings);
        invalidator.awaitReady();
        return invalidator;
    }

    private static Map<String, String> settings(TestDatabase database, String user) {
        return ServiceLaunch.environment(database, user, database.password());
    }

    private ServiceProcess start(
            String name, List<String> flags, String module, List<String> arguments, Map<String, String> settings) {
        var command = ServiceLaunch.command(flags, jars.app(module), arguments);
        var log = folder.resolve("contexts-" + ++started + "-" + name + ".log");
        return ServiceProcess.start(new ChildProcess.Spec(name, command, settings, log), http);
    }
}
