// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.process.WorkFolder;
import dev.freshet.devservices.stack.Progress;
import dev.freshet.devservices.stack.ServicePorts;
import dev.freshet.devservices.stack.Stack;
import dev.freshet.devservices.stack.StackSettings;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.report.JsonReport;
import dev.freshet.lab.race.report.RaceOutcome;
import dev.freshet.lab.race.report.RaceSettings;
import dev.freshet.lab.race.report.TextReport;
import dev.freshet.lab.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Starts the servers and processes, runs the race, reports the result, and stops everything. */
public final class RaceLauncher {
    private static final String LOG_PROPERTY = "freshet.lab.log";
    private static final List<String> JAVA_FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final RaceSettings settings;
    private final Screen screen;
    private final String command;
    private final Path out;
    private volatile Race run;
    private volatile boolean stopping;

    /** @param out the file for the result; may be null */
    public RaceLauncher(RaceSettings settings, Screen screen, String command, Path out) {
        this.settings = settings;
        this.screen = screen;
        this.command = command;
        this.out = out;
    }

    public RaceOutcome run() throws SQLException, InterruptedException, IOException {
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
                        settings.protocols().contains(Protocol.PLAIN) ? PlainMapping.mapping(folder) : null),
                folder.path(),
                new Quiet());
        var hook = new Thread(() -> broken(startedAt), "bench-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean passed = false;
        try (stack) {
            stack.start();
            run = new Race(settings, stack, folder.path());
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

    private void report(RaceOutcome outcome, Instant startedAt, Map<String, String> servers) throws IOException {
        TextReport.print(outcome, screen);
        if (out != null) {
            JsonReport.write(out, outcome, command, startedAt, servers);
            screen.line("The result is in " + out);
        }
    }

    private Map<String, String> servers(Stack stack) throws SQLException {
        try (var connection = stack.database().connect();
                var link = RedisConnection.connect(stack.redisUri())) {
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
            LoggerFactory.getLogger(RaceLauncher.class).info("{} is up: {}", what, where);
        }
    }
}
