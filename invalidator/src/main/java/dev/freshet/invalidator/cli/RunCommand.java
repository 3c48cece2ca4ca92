// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.SetupException;
import dev.freshet.http.purge.HttpPurgeSettings;
import dev.freshet.invalidator.admin.Action;
import dev.freshet.invalidator.admin.AdminServer;
import dev.freshet.invalidator.admin.AdminToken;
import dev.freshet.invalidator.admin.Page;
import dev.freshet.invalidator.admin.RunActions;
import dev.freshet.invalidator.admin.RunGauges;
import dev.freshet.invalidator.admin.RunPages;
import dev.freshet.invalidator.admin.page.OperatorPage;
import dev.freshet.invalidator.cli.servers.EvictionRehearsal;
import dev.freshet.invalidator.reload.DatabaseNeeds;
import dev.freshet.invalidator.reload.HangUp;
import dev.freshet.invalidator.reload.Reload;
import dev.freshet.invalidator.reload.ReloadPage;
import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.invalidator.run.audit.AuditThread;
import dev.freshet.invalidator.run.audit.RunHistory;
import dev.freshet.invalidator.run.settings.OnPromotion;
import dev.freshet.invalidator.run.settings.OnUnreadable;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.start.RefusedException;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.ProcessEnd;
import dev.freshet.support.config.redis.RedisOptions;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator run}: evicts what becomes stale, until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Reads committed changes from PostgreSQL and evicts the Redis keys they make stale.",
        footer = {
            "",
            "Each option has an environment variable: FRESHET_JDBC_URL for --jdbc-url.",
            "Secrets have no option, only variables: FRESHET_JDBC_PASSWORD, FRESHET_REDIS_PASSWORD,",
            "FRESHET_ADMIN_TOKEN (to pause it, or to reload its mapping), FRESHET_HTTP_PURGE_TOKEN; or",
            "FRESHET_JDBC_PASSWORD_FILE, the name of a file that holds the secret.",
            "",
            "SIGHUP, and POST /reload with FRESHET_ADMIN_TOKEN, read the mapping file again."
        })
public final class RunCommand implements Callable<Integer> {
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

    @Mixin
    private HttpPurgeOptions httpPurge;

    @Option(
            names = "--admin-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on for health, metrics and status. Default: ${DEFAULT-VALUE}.")
    private String adminHost;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Port for health, metrics and status; 0: any free port. Default: ${DEFAULT-VALUE}.")
    private int adminPort;

    @Option(
            names = "--recent",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show the latest transactions at /recent, with ids and key names. Default: yes.")
    private boolean recent;

    @Option(
            names = "--visibility-timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description =
                    "How long a commit may stay invisible before the stream is reopened. Default: ${DEFAULT-VALUE}.")
    private Duration visibilityTimeout;

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Interval at which a marker is written and expected back. Default: ${DEFAULT-VALUE}.")
    private Duration heartbeat;

    @Option(
            names = "--fastest-heartbeat",
            paramLabel = "TIME",
            defaultValue = "50ms",
            description = "Shortest interval between markers, used while readers ask for bounds that need it. Set it"
                    + " to the value of --heartbeat to keep that interval always. Default: ${DEFAULT-VALUE}.")
    private Duration fastestHeartbeat;

    @Option(
            names = "--stall-timeout",
            paramLabel = "TIME",
            description = "How long the stream may be silent, markers included, before it is reopened. Default:"
                    + " 10 heartbeats, at least 10s.")
    private Duration stallTimeout;

    @Option(
            names = "--audit-rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Check this many cached entries per second against the database; 0: none. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int auditRate;

    @Option(
            names = "--on-unreadable",
            paramLabel = "WHAT",
            defaultValue = "purge",
            description = "What to do if changes cannot be read three times in a row: purge the namespace and continue"
                    + " after them, or stop with exit code 1. Default: ${DEFAULT-VALUE}.")
    private OnUnreadable onUnreadable;

    @Option(
            names = "--on-promotion",
            paramLabel = "WHAT",
            defaultValue = "purge",
            description =
                    "What to do when a standby of PostgreSQL was promoted: purge the namespace, or continue without"
                            + " one if the slot was synchronised to it. Continue only if no commit is lost then (synchronous"
                            + " replication, or a planned switch). Default: ${DEFAULT-VALUE}.")
    private OnPromotion onPromotion;

    @Option(
            names = "--take-over",
            description = "Take the namespace from another database or slot: its keys are purged and its instance"
                    + " ends. Or stand by with a different mapping. Use for one start only.")
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
            throw ConfigException.bad("FRESHET_AUDIT_RATE", Integer.toString(auditRate), "0 or more per second");
        }
        Optional<HttpPurgeSettings> purged = httpPurge.settings(Environment.ofProcess());
        Mapping mapping = source.mapping();
        var settings = new RunSettings(
                source.database(),
                mapping,
                source.slot(),
                source.publication(),
                new RunTimings(
                        visibilityTimeout,
                        heartbeat,
                        fastestHeartbeat,
                        stallTimeout == null ? RunTimings.usualStallTimeout(heartbeat) : stallTimeout),
                takeOver,
                onUnreadable,
                onPromotion);
        try {
            run(settings, purged);
            return CommandLine.ExitCode.OK;
        } catch (SetupException e) {
            return RunEnd.of(e).told(err);
        } catch (UnreadableException e) {
            return RunEnd.of(e).told(err);
        } catch (RefusedException e) {
            return RunEnd.of(e).told(err);
        }
    }

    private void run(RunSettings settings, Optional<HttpPurgeSettings> purged) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var token = new AdminToken(() -> Environment.ofProcess().secret(AdminToken.VARIABLE));
        try (var collections = new JvmGcMetrics();
                var evictor = new Evictor(evictorSettings(settings.mapping()), registry);
                var target = new RunTarget(evictor, purged, registry);
                var invalidator = Invalidator.onPostgres(settings, MappedDatabase::new, target.cache(), registry);
                var page = new OperatorPage(invalidator, registry, Clock.systemUTC(), token);
                var admin = AdminServer.start(adminHost, adminPort, pages(invalidator, registry, page, token))) {
            collections.bindTo(registry);
            evictor.showStatistics(STATISTICS, registry);
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
            RunGauges.register(invalidator, registry, Clock.systemUTC());
            invalidator.start();
            AuditThread audit = auditRate == 0
                    ? null
                    : new AuditThread(
                            invalidator::settings,
                            () -> invalidator.status().state() == State.STREAMING,
                            new RunHistory(invalidator.recent(), invalidator.progress()),
                            evictorSettings(settings.mapping()),
                            auditRate,
                            registry);
            spec.commandLine().getOut().println("freshet invalidator listening on " + admin.url());
            spec.commandLine().getOut().flush();
            awaitEnd(invalidator, audit);
        }
    }

    /** The pages, and SIGHUP beside the one that reloads. */
    private Map<String, Page> pages(
            Invalidator invalidator, PrometheusMeterRegistry registry, OperatorPage page, AdminToken token) {
        var pages = new HashMap<>(new RunPages(invalidator, registry, version()).pages(recent));
        pages.putAll(page.pages());
        var reload = new Reload(
                source::mapping,
                new DatabaseNeeds(invalidator::settings),
                new EvictionRehearsal(this::evictorSettings),
                invalidator,
                registry);
        HangUp.runs(() -> reload.run("SIGHUP"));
        pages.put("/reload", new Action(token, new ReloadPage(reload)));
        pages.putAll(new RunActions(invalidator, version(), token).pages());
        return pages;
    }

    private EvictorSettings evictorSettings(Mapping mapping) {
        var keys = new CacheKeys(mapping.namespace());
        EvictorSettings settings = redis.settings(Environment.ofProcess())
                .parsed((url, password) -> new EvictorSettings(url, password, keys));
        return redis.rotatingPassword(Environment.ofProcess())
                .map(secret -> settings.rotating(() -> secret.now().reveal()))
                .orElse(settings);
    }

    /** SIGTERM and Ctrl-C run the hook, which waits until everything is closed. */
    private static void awaitEnd(Invalidator invalidator, AuditThread audit) {
        ProcessEnd.onSignal("freshet-stop", () -> stop(invalidator, audit), CLOSE_MILLIS);
        try {
            invalidator.ended().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void stop(Invalidator invalidator, AuditThread audit) {
        if (audit != null) {
            audit.close();
        }
        invalidator.close();
    }

    private static String version() {
        String version = RunCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
