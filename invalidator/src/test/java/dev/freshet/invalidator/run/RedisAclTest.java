// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.invalidator.cli.servers.EvictionRehearsal;
import dev.freshet.invalidator.reload.DatabaseNeeds;
import dev.freshet.invalidator.reload.Reload;
import dev.freshet.invalidator.reload.ReloadOutcome;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.redis.cache.KeyProbe;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/redis/users.acl}: the invalidator's user may do what the invalidator does, and nothing else. */
@WithPostgres
class RedisAclTest {
    private static final Path USERS = Path.of("../deploy/redis/users.acl");
    private static final String NAMESPACE = "acl";
    private static final String MAPPING = """
            freshet: 1
            namespace: acl
            tags: true
            entities:
              item: { table: acl_item, id: id, keys: [ "acl:item:{id}" ] }
            """;

    /** What is granted for work that is not done here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "cluster|nodes", "in a Cluster",
            "asking", "in a Cluster",
            "role", "with Sentinels and in a Cluster, by Lettuce",
            "ping", "by Lettuce, with servers that do not speak RESP3",
            "client|setname", "by Lettuce, with servers that do not speak RESP3",
            "exists", "for a tag with more entries than one call takes",
            "scard", "evict and purge: what they count first",
            "getrange", "audit",
            "sismember", "audit",
            "zmscore", "audit");
    /** What this test's own connection does, and no user of the file needs. */
    private static final Predicate<String> OURS =
            command -> Set.of("set", "sadd", "strlen", "auth").contains(command)
                    || command.startsWith("acl|")
                    || command.startsWith("config|");

    private final TestDatabase database;
    private final RedisServer server = RedisServer.start();
    private final RawRedis admin = new RawRedis(server.uri());
    private final CacheKeys keys = new CacheKeys(NAMESPACE);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final String uri = "redis://invalidator:only-for-this-test@" + server.host() + ":" + server.port();
    private final Mapping mapping = MappingParser.parse("test.yaml", new StringReader(MAPPING));

    RedisAclTest(TestDatabase database) {
        this.database = database;
        database.execute("CREATE TABLE acl_item (id int PRIMARY KEY, name text)");
    }

    @AfterEach
    void close() {
        database.dropSlot("acl");
        database.execute("DROP PUBLICATION IF EXISTS acl", "DROP TABLE acl_item");
        admin.close();
        server.close();
    }

    @Test
    void everyCommandThatIsGrantedIsUsedAndNoOther() throws Exception {
        user(granted());
        admin.redis.configResetstat();
        try (var evictor = evictor();
                var run = invalidator(evictor)) {
            evictor.showStatistics(Duration.ofSeconds(1), registry);
            run.start();
            await().atMost(RunFixture.PATIENCE).until(() -> run.status().state() == State.STREAMING);
            fences();
            evictAKeyAndATag(1);
            admin.redis.set("acl:item:8", "x");
            database.execute("TRUNCATE acl_item");
            awaitGone("acl:item:8");
            try (var probe = new KeyProbe(uri, null)) {
                assertThat(probe.find("acl:item:9")).isEmpty();
            }
            await().atMost(RunFixture.PATIENCE)
                    .until(() ->
                            !registry.get("freshet.redis.memory.used").gauges().isEmpty());
        }
        var used = used();
        assertThat(refused()).as("refused").isEmpty();
        var expected = new TreeSet<>(granted());
        expected.removeAll(ELSEWHERE.keySet());
        assertThat(used).isEqualTo(expected);
    }

    /** What it says without a command, while it runs: the name of the command. */
    @Test
    void withoutACommandItSaysWhichAndGoesOnOnceItIsGranted() throws Exception {
        user(granted());
        try (var evictor = evictor();
                var run = invalidator(evictor)) {
            run.start();
            await().atMost(RunFixture.PATIENCE).until(() -> run.status().state() == State.STREAMING);
            fences();
            int id = 1;
            for (String command : List.of("evalsha", "hset", "unlink", "spop", "time")) {
                acl("invalidator", "-" + command);
                database.execute("INSERT INTO acl_item VALUES (" + ++id + ", 'x')");
                await(command).atMost(RunFixture.PATIENCE).until(() -> {
                    var status = run.status();
                    return status.reason() != null
                            && (status.reason().contains("'" + command + "'")
                                    // Redis 7.0, of a command in a script.
                                    || status.reason().contains("can't run this command"));
                });
                assertThat(run.status().state()).as(command).isNotEqualTo(State.STREAMING);
                acl("invalidator", "+" + command);
                await(command)
                        .atMost(RunFixture.PATIENCE)
                        .until(() -> run.status().state() == State.STREAMING);
            }
        }
    }

    /** The mapping in force stays, so that nothing comes to wait for a right that was forgotten. */
    @ParameterizedTest
    @CsvSource({"tags: true, ~item:*, permissions to access", "tags: false, +spop, spop|run this command"})
    void aReloadIsRefusedUntilRedisAllowsWhatTheNewMappingEvicts(String tags, String right, String told)
            throws Exception {
        Mapping former = MappingParser.parse("test.yaml", new StringReader(MAPPING.replace("tags: true", tags)));
        Mapping next = MappingParser.parse(
                "test.yaml",
                new StringReader(right.startsWith("~") ? MAPPING.replace("acl:item:{id}", "item:{id}") : MAPPING));
        user(granted());
        acl("invalidator", right.startsWith("+") ? right.replace('+', '-') : "+unlink");
        try (var evictor = evictor();
                var run = invalidator(evictor, former)) {
            run.start();
            await().atMost(RunFixture.PATIENCE).until(() -> run.status().state() == State.STREAMING);
            var reload = new Reload(
                    () -> next,
                    new DatabaseNeeds(run::settings),
                    new EvictionRehearsal(mapping -> new EvictorSettings(uri, keys)),
                    run,
                    registry);
            ReloadOutcome refused = reload.run("a test");
            assertThat(refused.kind()).isEqualTo(ReloadOutcome.Kind.REFUSED);
            assertThat(refused.message())
                    .contains("Redis does not allow", "user invalidator")
                    .containsPattern(told);
            assertThat(run.status().state()).isEqualTo(State.STREAMING);
            assertThat(run.mapping()).isSameAs(former);

            acl("invalidator", right);
            assertThat(reload.run("a test").kind()).isEqualTo(ReloadOutcome.Kind.ACCEPTED);
            await().atMost(RunFixture.PATIENCE)
                    .until(() ->
                            run.settings().mapping() == next && run.status().state() == State.STREAMING);
        }
    }

    /** Neither may read or change another namespace, or what an application keeps beside it. */
    @Test
    void noUserReachesKeysOfOthers() throws IOException {
        for (String user : users()) {
            assertThat(user)
                    .contains(" resetkeys ")
                    .contains(" -@all ")
                    .doesNotContain("+@")
                    .doesNotContain("allkeys")
                    .doesNotContain("nopass");
        }
        assertThat(Files.readString(USERS)).startsWith("user default off resetkeys -@all\n");
        user(granted());
        try (var stranger = new RawRedis(uri)) {
            assertThat(List.of("other:item:1", "session:1"))
                    .allSatisfy(key -> assertThat(refusal(stranger, key)).contains("NOPERM"));
        }
    }

    private static String refusal(RawRedis as, String key) {
        try {
            return "unlinked " + as.redis.unlink(key);
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }

    private void evictAKeyAndATag(int id) {
        String entry = keys.prefix(Isolate.SHARED) + "item:" + id + ":own";
        admin.redis.set(entry, "x");
        admin.redis.sadd(keys.tagSetPrefix(Isolate.SHARED) + "item:" + id, entry);
        admin.redis.set("acl:item:" + id, "x");
        database.execute("INSERT INTO acl_item VALUES (" + id + ", 'x')");
        awaitGone("acl:item:" + id);
        awaitGone(entry);
    }

    /** A fence set as a reader makes it, with a fence that has expired. */
    private void fences() {
        String fences = keys.fences(Isolate.SHARED);
        admin.redis.zadd(fences, 1, "~created");
        admin.redis.zadd(fences, 1, "~clock");
        admin.redis.zadd(fences, 2, "item:77");
    }

    private void awaitGone(String key) {
        await(key).atMost(RunFixture.PATIENCE).until(() -> admin.redis.strlen(key) == 0);
    }

    private Evictor evictor() {
        return new Evictor(new EvictorSettings(uri, keys), registry);
    }

    private Invalidator invalidator(Evictor evictor) {
        return invalidator(evictor, mapping);
    }

    private Invalidator invalidator(Evictor evictor, Mapping by) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        var settings = new RunSettings(
                new JdbcSettings(database.jdbcUrl(), properties),
                by,
                "acl",
                "acl",
                new RunTimings(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(60)));
        return Invalidator.onPostgres(
                settings,
                MappedDatabase::new,
                evictor,
                registry,
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(250), new Random()));
    }

    private void user(Set<String> commands) {
        acl("invalidator", "reset", "on", ">only-for-this-test", "~" + NAMESPACE + ":*", "-@all");
        commands.forEach(command -> acl("invalidator", "+" + command));
    }

    private void acl(String... words) {
        var arguments = new CommandArgs<>(StringCodec.UTF8).add("setuser");
        for (String word : words) {
            arguments.add(word);
        }
        admin.redis.dispatch(new Named("acl"), new StatusOutput<>(StringCodec.UTF8), arguments);
    }

    private record Named(String word) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return word.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static List<String> users() throws IOException {
        return Files.readAllLines(USERS).stream()
                .filter(line -> !line.startsWith("user default "))
                .toList();
    }

    /** The commands that the file grants to the invalidator. */
    private static Set<String> granted() throws IOException {
        String line = users().stream()
                .filter(each -> each.startsWith("user invalidator "))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(line.split(" "))
                .filter(word -> word.startsWith("+"))
                .map(word -> word.substring(1))
                // Since Redis 7.2; its client here does not send it to an older one.
                .filter(command -> !command.equals("client|setinfo"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> used() {
        return stats(line -> !line.contains(":calls=0,"));
    }

    private Set<String> refused() {
        return stats(line -> !line.contains("rejected_calls=0,"));
    }

    private Set<String> stats(Predicate<String> which) {
        return admin.redis
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_") && which.test(line))
                .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                .filter(OURS.negate())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
