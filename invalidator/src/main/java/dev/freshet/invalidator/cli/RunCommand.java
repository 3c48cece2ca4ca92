// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.RunGauges;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.capture.Profile;
import dev.freshet.invalidator.evict.Evictor;
import dev.freshet.invalidator.evict.EvictorSettings;
import dev.freshet.invalidator.run.AuditThread;
import dev.freshet.invalidator.run.MappedDatabase;
import dev.freshet.invalidator.run.OnUnreadable;
import dev.freshet.invalidator.run.RefusedException;
import dev.freshet.invalidator.run.RunSettings;
import dev.freshet.invalidator.run.RunTimings;
import dev.freshet.invalidator.run.Supervisor;
import dev.freshet.invalidator.run.UnreadableException;
import dev.freshet.invalidator.source.SetupException;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.ProcessEnd;
import dev.freshet.support.config.RedisOptions;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator run}: evicts what becomes stale, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Reads committed changes from PostgreSQL and evicts from Redis what they make stale.",
        footer = {
            "",
            "Each option can be given as a variable: --jdbc-url as FRESHET_JDBC_URL.",
            "Secrets only so: FRESHET_JDBC_PASSWORD, FRESHET_REDIS_PASSWORD,",
            "or the name of a file that holds one: FRESHET_JDBC_PASSWORD_FILE."
        })
public final class RunCommand implements Callable<Integer> {
    /** Exit code of an instance that must not work where it was told to. Not 3: Java ends with it when memory runs out. */
    static final int REFUSED = 5;

    private static final long CLOSE_MILLIS = 5_000;
    private static final Duration STATISTICS = Duration.ofSeconds(10);
    private static final Duration LEAST_HEARTBEAT = Duration.ofMillis(10);
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Mixin
    private RedisOptions redis;

    @Option(
            names = "--admin-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address of health, metrics and status. Default: ${DEFAULT-VALUE}.")
    private String adminHost;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Port of health, metrics and status; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int adminPort;

    @Option(
            names = "--recent",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show the last transactions at /recent, with ids and names of keys. Default: yes.")
    private boolean recent;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "balanced",
            description = "Latency against idle CPU: latency, balanced, frugal. Default: ${DEFAULT-VALUE}.")
    private Profile profile;

    @Option(
            names = "--visibility-timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description =
                    "How long a commit may stay invisible before the stream is opened again. Default: ${DEFAULT-VALUE}.")
    private Duration visibilityTimeout;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "How often a marker is written, and expected back. Default: ${DEFAULT-VALUE}.")
    private Duration heartbeat;

    @Option(
            names = "--fastest-heartbeat",
            paramLabel = "TIME",
            defaultValue = "50ms",
            description =
                    "How often a marker is written at most while readers ask for bounds that need it. As long as the"
                            + " heartbeat: never more often than that. Default: ${DEFAULT-VALUE}.")
    private Duration fastestHeartbeat;

    @Option(
            names = "--stall-timeout",
            paramLabel = "TIME",
            description = "How long the stream may be silent, markers included, before it is opened again. Default:"
                    + " 10 heartbeats, at least 10s.")
    private Duration stallTimeout;

    @Option(
            names = "--audit-rate",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Check so many cached entries a second against the database; 0: none. Default: ${DEFAULT-VALUE}.")
    private int auditRate;

    @Option(
            names = "--on-unreadable",
            paramLabel = "WHAT",
            defaultValue = "purge",
            description =
                    "Changes that cannot be read, three times in a row: purge the namespace and go on behind them, or"
                            + " stop with exit code 1. Default: ${DEFAULT-VALUE}.")
    private OnUnreadable onUnreadable;

    @Option(
            names = "--take-over",
            description =
                    "Take the namespace from another database or slot, whose keys there are purged and whose instance"
                            + " ends; or stand by with another mapping. For one start.")
    private boolean takeOver;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ConfigException.atLeast("FRESHET_HEARTBEAT", heartbeat, LEAST_HEARTBEAT);
        ConfigException.atLeast("FRESHET_FASTEST_HEARTBEAT", fastestHeartbeat, LEAST_HEARTBEAT);
        ConfigException.atLeast("FRESHET_VISIBILITY_TIMEOUT", visibilityTimeout, LEAST_TIMEOUT);
        if (stallTimeout != null) {
            ConfigException.atLeast("FRESHET_STALL_TIMEOUT", stallTimeout, LEAST_TIMEOUT);
        }
        if (auditRate < 0) {
            throw ConfigException.bad("FRESHET_AUDIT_RATE", Integer.toString(auditRate), "0 or more entries a second");
        }
        Mapping mapping;
        try {
            mapping = source.mapping();
        } catch (MappingException e) {
            err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        var settings = new RunSettings(
                source.database(),
                mapping,
                source.slot(),
                source.publication(),
                profile,
                new RunTimings(
                        visibilityTimeout,
                        heartbeat,
                        fastestHeartbeat,
                        stallTimeout == null ? RunTimings.usualStallTimeout(heartbeat) : stallTimeout),
                takeOver,
                onUnreadable);
        try {
            run(settings);
            return CommandLine.ExitCode.OK;
        } catch (SetupException e) {
            err.println("The database lacks something. What an administrator must run stands below each line:");
            err.println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (UnreadableException e) {
            err.println(e.getMessage());
            err.println(
                    "Nothing of it was acknowledged. Start with --on-unreadable=purge to purge the namespace and go on"
                            + " behind it, or mend what is named.");
            return CommandLine.ExitCode.SOFTWARE;
        } catch (RefusedException e) {
            err.println("refused: " + e.getMessage());
            return REFUSED;
        }
    }

    private void run(RunSettings settings) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var collections = new JvmGcMetrics();
                var evictor = new Evictor(evictorSettings(settings.mapping()), registry);
                var supervisor = new Supervisor(settings, new MappedDatabase(settings.mapping()), evictor, registry);
                var admin = AdminServer.start(
                        adminHost, adminPort, new RunPages(supervisor, registry, version()).pages(recent))) {
            collections.bindTo(registry);
            evictor.showStatistics(STATISTICS, registry);
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
            RunGauges.register(supervisor, registry, Clock.systemUTC());
            supervisor.start();
            AuditThread audit = auditRate == 0
                    ? null
                    : new AuditThread(supervisor, evictorSettings(settings.mapping()), auditRate, registry);
            spec.commandLine().getOut().println("freshet invalidator listening on " + admin.url());
            spec.commandLine().getOut().flush();
            awaitEnd(supervisor, audit);
        }
    }

    private EvictorSettings evictorSettings(Mapping mapping) {
        var keys = new CacheKeys(mapping.namespace());
        return redis.settings(Environment.ofProcess())
                .parsed((url, password) -> new EvictorSettings(url, password, keys));
    }

    /** SIGTERM and Ctrl-C run the hook, which waits until everything is closed. */
    private static void awaitEnd(Supervisor supervisor, AuditThread audit) {
        ProcessEnd.onSignal("freshet-stop", () -> stop(supervisor, audit), CLOSE_MILLIS);
        try {
            supervisor.ended().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void stop(Supervisor supervisor, AuditThread audit) {
        if (audit != null) {
            audit.close();
        }
        supervisor.close();
    }

    private static String version() {
        String version = RunCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
