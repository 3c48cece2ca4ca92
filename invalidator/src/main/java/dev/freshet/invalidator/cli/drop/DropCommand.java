// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.drop;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.plan.Planner;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.invalidator.cli.servers.Confirmation;
import dev.freshet.invalidator.cli.servers.PatientCache;
import dev.freshet.invalidator.run.postgres.PostgresSource;
import dev.freshet.invalidator.run.start.InstanceLabel;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.Meaning;
import dev.freshet.postgres.connection.InstanceLock;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.connection.PostgresConnections;
import dev.freshet.postgres.setup.CaptureScope;
import dev.freshet.postgres.setup.Installed;
import dev.freshet.postgres.setup.Installed.Item;
import dev.freshet.postgres.slot.SlotReport.Instance;
import dev.freshet.postgres.slot.SlotReports;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.redis.cache.KeyCensus;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.SqlFailure;
import dev.freshet.support.config.redis.RedisOptions;
import dev.freshet.support.config.redis.RedisSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator drop}: uninstalls. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Takes away what Freshet made for this mapping: the replication slot, the publication, and with --redis-url",
            "the namespace in Redis. Lists all of it first, and asks. What others made stays, and is named with the",
            "reason. Stop every invalidator before: while one runs or stands by, nothing is dropped. With --connector it",
            "takes away the namespace of a sink of Kafka Connect."
        },
        footerHeading = "%nExit codes:%n",
        footer =
                "0 dropped, or nothing was there; 1 not confirmed, refused by a server, or a server did not answer; 2 wrong"
                        + " usage; 5 an invalidator is running.")
public final class DropCommand implements Callable<Integer> {
    private static final int RUNNING = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Option(names = "--redis-url", paramLabel = "URL", description = "Also delete the namespace in this Redis.")
    private String redisUrl;

    @Option(
            names = "--cached-keys",
            description = "With --redis-url: also delete the keys of the mapping's templates, which nobody evicts from"
                    + " then on. They are the application's, so they stay without this option.")
    private boolean cachedKeys;

    @Option(
            names = "--replica-identities",
            description = "Also set the replica identities of the mapping's tables back to DEFAULT. PostgreSQL does not"
                    + " record who set them. Those of tables that another publication has stay.")
    private boolean replicaIdentities;

    @Option(
            names = "--drop-slot",
            paramLabel = "NAME",
            description = "The slot's name once more: drop it though no position in Redis names it. PostgreSQL does not"
                    + " record who made a slot.")
    private String dropSlot;

    @Option(
            names = "--connector",
            paramLabel = "NAME",
            description = "With --redis-url: the namespace is that of this sink connector of Kafka Connect. Slot and"
                    + " publication are the source connector's then, and stay. Delete the connector before.")
    private String connector;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Mapping mapping = source.mapping();
        if (connector != null && redisUrl == null) {
            throw ConfigException.bad(
                    "--connector", connector, "--redis-url as well: a sink has objects in Redis alone");
        }
        if (dropSlot != null && !dropSlot.equals(source.slot())) {
            throw ConfigException.bad("--drop-slot", dropSlot, "the slot of --slot, " + source.slot());
        }
        Optional<RedisSettings> redis =
                Optional.ofNullable(redisUrl).map(url -> RedisOptions.settings(url, Environment.ofProcess()));
        try (Connection connection = new PostgresConnections(source.database()).open("drop")) {
            Optional<String> running = running(connection, mapping);
            if (running.isPresent()) {
                err.println("refused: " + running.get() + ". Nothing was dropped. "
                        + (connector == null
                                ? "Stop all invalidators of slot " + source.slot() + " and namespace "
                                        + mapping.namespace()
                                : "Delete connector " + connector)
                        + ", then run this again");
                return RUNNING;
            }
            return redis.isPresent()
                    ? withRedis(connection, mapping, redis.get())
                    : drop(connection, items(connection, mapping, false), List.of(), Optional.empty());
        } catch (SQLException e) {
            err.println("could not ask the database: " + SqlFailure.message(e));
            return ExitCode.SOFTWARE;
        } catch (PatientCache.UnavailableException | KeyCensus.UnavailableException e) {
            err.println("could not ask Redis: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    /** Takes the lock, so that none starts while this works. A standby would take over, and make all of it anew. */
    private Optional<String> running(Connection connection, Mapping mapping) throws SQLException {
        if (connector != null) {
            return SlotReports.sinks(connection, mapping.namespace()).stream()
                    .findFirst()
                    .map(task -> "a task of a sink connector is connected: " + task);
        }
        if (!InstanceLock.tryTake(connection, source.slot())) {
            return Optional.of("an invalidator works on slot " + source.slot()
                    + InstanceLock.holder(connection, source.slot())
                            .map(name -> " (" + name + ")")
                            .orElse(""));
        }
        String namespace = " " + InstanceLabel.of(Meaning.of(mapping)).namespace();
        List<Instance> instances = SlotReports.instances(connection);
        return instances.stream()
                .filter(instance -> instance.name().endsWith(namespace))
                .findFirst()
                .map(instance -> "an invalidator is connected: " + instance);
    }

    /** @param proven whether Redis proves that the slot is Freshet's */
    private List<Item> items(Connection connection, Mapping mapping, boolean proven) throws SQLException {
        CaptureScope names = PostgresSource.scope(source.slot(), source.publication(), mapping, new Planner(mapping));
        if (connector != null) {
            return replicaIdentities ? Installed.identities(connection, names) : List.of();
        }
        Optional<String> whyNot = proven || dropSlot != null
                ? Optional.empty()
                : Optional.of("nothing proves that Freshet made it: "
                        + (redisUrl == null ? "no --redis-url is given" : "no position in Redis names it")
                        + ". To drop it, add --drop-slot " + source.slot());
        return Installed.find(connection, names, whyNot, replicaIdentities);
    }

    private int withRedis(Connection connection, Mapping mapping, RedisSettings redis)
            throws SQLException, InterruptedException, PatientCache.UnavailableException {
        var keys = new CacheKeys(mapping.namespace());
        KeyPatterns patterns = new MappedDatabase(mapping).patterns(connection, List.of());
        String system = JdbcServerIdentity.systemIdentifier(connection);
        String database = JdbcServerIdentity.database(connection);
        var own = connector == null
                ? new Owner(system, database, source.slot())
                : Owner.connector(system, database, connector);
        var namespace = new GivenUpNamespace(keys, own, cachedKeys ? patterns.globs() : List.of(), patterns);
        var settings = redis.parsed((url, password) -> new EvictorSettings(url, password, keys));
        try (var cache = new Evictor(settings, new SimpleMeterRegistry());
                var census = redis.parsed(KeyCensus::new)) {
            Masters masters = new PatientCache(cache, settings.address(), PATIENCE).ask(cache::masters);
            var items = new ArrayList<Item>();
            List<String> lines = List.of();
            Optional<Work> work = Optional.empty();
            if (!namespace.isOurs(masters)) {
                items.add(new Item(
                        "namespace " + keys.namespace() + " in Redis",
                        Optional.empty(),
                        "it belongs to " + masters.owners().get(0)));
            } else if (namespace.isThere(masters, census)) {
                lines = namespace.lines(masters, census);
                work = Optional.of(() -> namespace.delete(cache));
            }
            items.addAll(items(connection, mapping, namespace.provesSlot(masters)));
            return drop(connection, items, lines, work);
        }
    }

    /** Deletes in Redis, and returns how many keys went. */
    @FunctionalInterface
    private interface Work {
        long run() throws InterruptedException;
    }

    /** Redis first: while the slot is there, an invalidator that starts after all purges what is left. */
    private int drop(Connection connection, List<Item> items, List<String> inRedis, Optional<Work> redis)
            throws SQLException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        inRedis.forEach(line -> out.println("drops  " + line));
        for (Item item : items) {
            String remark = item.why().isEmpty() ? "" : ": " + item.why();
            out.println((item.removal().isPresent() ? "drops  " : "keeps  ")
                    + item.what()
                    + remark
                    + item.removal().map(sql -> "    " + sql).orElse(""));
        }
        List<String> statements =
                items.stream().flatMap(item -> item.removal().stream()).toList();
        if (statements.isEmpty() && redis.isEmpty()) {
            out.println("Nothing of Freshet's is left to drop.");
            out.flush();
            return ExitCode.OK;
        }
        out.flush();
        if (!Confirmation.of(yes).given("Drop all of this", err)) {
            return ExitCode.SOFTWARE;
        }
        if (redis.isPresent()) {
            out.println("deleted " + Counted.of(redis.get().run(), "key") + " in Redis");
        }
        boolean refused = false;
        for (String sql : statements) {
            refused |= !run(connection, sql, out, err);
        }
        out.flush();
        return refused ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private static boolean run(Connection connection, String sql, PrintWriter out, PrintWriter err)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            out.println(sql);
            return true;
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            err.println("refused: " + sql + " " + SqlFailure.message(e) + "; let its owner run it");
            return false;
        }
    }
}
