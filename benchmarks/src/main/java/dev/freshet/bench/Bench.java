// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.PlainRedis;
import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.WorkFolder;
import dev.freshet.quickstart.stack.Progress;
import dev.freshet.quickstart.stack.ServicePorts;
import dev.freshet.quickstart.stack.Stack;
import dev.freshet.quickstart.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Starts the servers and processes, runs the benchmark, reports the result, and stops everything. */
final class Bench {
    private static final String LOG_PROPERTY = "freshet.bench.log";
    private static final List<String> JAVA_FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final Settings settings;
    private final Screen screen;
    private final String command;
    private final Path out;
    private volatile Run run;
    private volatile boolean stopping;

    /** @param out the file for the result; may be null */
    Bench(Settings settings, Screen screen, String command, Path out) {
        this.settings = settings;
        this.screen = screen;
        this.command = command;
        this.out = out;
    }

    Outcome run() throws SQLException, InterruptedException, IOException {
        var startedAt = Instant.now();
        var folder = WorkFolder.create("bench");
        System.setProperty(LOG_PROPERTY, folder.path().resolve("bench.log").toString());
        screen.line("seed %d, %d s, logs in %s"
                .formatted(settings.seed(), settings.duration().toSeconds(), folder));
        var stack = new Stack(
                new StackSettings(
                        new ServicePorts(0, 0, 0, 0, 0),
                        PostgresOptions.defaults(),
                        RedisOptions.defaults(),
                        settings.sentinel(),
                        JAVA_FLAGS,
                        settings.protocols().contains(Protocol.PLAIN) ? PlainKeys.mapping(folder) : null),
                folder.path(),
                new Quiet());
        var hook = new Thread(() -> broken(startedAt), "bench-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean passed = false;
        try (stack) {
            stack.start();
            run = new Run(settings, stack);
            var outcome = run.run(screen);
            awaitEndIfStopping();
            Runtime.getRuntime().removeShutdownHook(hook);
            report(outcome, startedAt, servers(stack));
            passed = outcome.isPassed();
            return outcome;
        } catch (RuntimeException | SQLException e) {
            awaitEndIfStopping();
            throw e;
        } finally {
            if (passed) {
                folder.close();
            } else {
                folder.keep();
                screen.line("The logs are in " + folder);
            }
        }
    }

    /**
     * If Ctrl-C was pressed, waits for the process to end. Ctrl-C also stops the servers, so failures after it are
     * irrelevant.
     */
    private void awaitEndIfStopping() throws InterruptedException {
        if (stopping) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private void broken(Instant startedAt) {
        stopping = true;
        try {
            if (run == null) {
                screen.line("stopping …");
            } else {
                report(run.interrupt(), startedAt, Map.of());
            }
        } catch (IOException e) {
            screen.line("cannot write " + out + ": " + e);
        }
    }

    private void report(Outcome outcome, Instant startedAt, Map<String, String> servers) throws IOException {
        Report.print(outcome, screen);
        if (out != null) {
            ResultFile.write(out, outcome, command, startedAt, servers);
            screen.line("The result is in " + out);
        }
    }

    private Map<String, String> servers(Stack stack) throws SQLException {
        try (var connection = stack.database().connect();
                var link = PlainRedis.connect(stack.redisUri())) {
            var redis = link.redis()
                    .info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .findFirst()
                    .orElse("unknown");
            return Map.of(
                    "postgresql",
                    connection.getMetaData().getDatabaseProductVersion(),
                    "redis",
                    redis + (settings.sentinel() ? ", with a replica and three Sentinels" : ""));
        }
    }

    private final class Quiet implements Progress {
        @Override
        public void starting(String what) {
            screen.live("starting " + what + " …");
        }

        @Override
        public void up(String what, String where) {
            LoggerFactory.getLogger(Bench.class).info("{} is up: {}", what, where);
        }
    }
}
