// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A reader takes and stores nothing that no invalidator evicts, and says so. */
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private static final String POSITION = "ctx:~position";
    private static final String ENTRY = "ctx:{u1}:task:42:resolved";
    private static final EntryKey<String> KEY =
            CacheView.json("task", "resolved").key("42").ownedBy("u1");
    private static final SourceDatabase SOURCE = new SourceDatabase("7301234567890123456", "app");

    private final RawRedis raw;
    private final String uri;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private SimpleMeterRegistry meters;
    private FreshetCache cache;

    ContractTest(RedisServer server) {
        uri = server.uri();
        raw = new RawRedis(uri);
    }

    static List<Consistency> levels() {
        return List.of(
                Consistency.eventual(),
                Consistency.bounded(Duration.ofHours(1)),
                Consistency.session(WalPosition.of("0/1")));
    }

    @BeforeEach
    void open() throws InterruptedException {
        raw.redis.flushall();
        log.list.clear();
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.freshet.cache.store.RefusalLog")).addAppender(log);
        meters = new SimpleMeterRegistry();
        cache = builder().build();
    }

    @AfterEach
    void close() {
        cache.close();
        ((Logger) LoggerFactory.getLogger("dev.freshet.cache.store.RefusalLog")).detachAppender(log);
    }

    @AfterAll
    void disconnect() {
        raw.close();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void whereNoInvalidatorPublishesNothingIsStoredUntilOneDoes(Consistency level) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(read(level)).isEqualTo(CacheStatus.NO_INVALIDATOR);
        }
        assertThat(raw.redis.keys("*")).isEmpty();
        assertThat(refused("no-invalidator")).isEqualTo(3);
        assertThat(warnings()).singleElement().asString().contains("namespace ctx", "namespace: ctx");

        promise("task", "branch/inherited");
        raw.redis.hset(
                POSITION, Map.of("lsn", "0/1", "held-at", raw.redis.time().get(0) + "000000"));
        assertThat(read(level)).isEqualTo(CacheStatus.MISS);
        assertThat(read(level)).isEqualTo(CacheStatus.HIT);
        assertThat(warnings()).hasSize(1);
    }

    /** An entry that somebody stored is not taken either: nobody would have evicted it. */
    @ParameterizedTest
    @MethodSource("levels")
    void whatIsCachedIsNotTakenWhileNobodyPublishes(Consistency level) throws Exception {
        promise("task", "branch/inherited");
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.MISS);
        raw.redis.del(POSITION);
        assertThat(read(level)).isEqualTo(CacheStatus.NO_INVALIDATOR);
    }

    /** It is withdrawn, and the invalidator is there: the cache as it stands is what level eventual is. */
    @Test
    void aWithdrawnPositionIsNoMissingInvalidator() throws Exception {
        promise("task", "branch/inherited");
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.MISS);
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.HIT);
        assertThat(read(Consistency.session(WalPosition.of("0/1")))).isEqualTo(CacheStatus.BEHIND);
        assertThat(warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void whatHasATagThatNobodyEvictsIsNotStored(Consistency level) throws Exception {
        promise("task");
        prove();
        for (int i = 0; i < 3; i++) {
            assertThat(read(level)).isEqualTo(CacheStatus.UNCOVERED);
        }
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(refused("uncovered")).isEqualTo(3);
        assertThat(
                        meters
                                .get("freshet.cache.reads")
                                .tag("status", "uncovered")
                                .tag("value", "present")
                                .counters()
                                .stream()
                                .mapToDouble(counter -> counter.count())
                                .sum())
                .isEqualTo(3);
        assertThat(warnings()).singleElement().asString().contains("branch/inherited", "tags: true", "entity branch");
    }

    /** The mapping was changed, and what it no longer covers is still there. */
    @ParameterizedTest
    @MethodSource("levels")
    void whatIsNoLongerCoveredIsNotTakenAndGoes(Consistency level) throws Exception {
        promise("task", "branch/inherited");
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.MISS);
        promise("branch/inherited");
        prove();
        assertThat(read(level)).isEqualTo(CacheStatus.UNCOVERED);
        assertThat(raw.redis.exists(ENTRY)).isZero();
        promise("task", "branch/inherited");
        assertThat(read(level)).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void coverageThatIsLostWhileAValueIsLoadedRefusesTheFill() throws Exception {
        promise("task", "branch/inherited");
        var result = cache.get(KEY, () -> {
            promise("task");
            return value();
        });
        assertThat(result.status()).isEqualTo(CacheStatus.UNCOVERED);
        result = cache.get(KEY, () -> {
            raw.redis.del(POSITION);
            return value();
        });
        assertThat(result.status()).isEqualTo(CacheStatus.NO_INVALIDATOR);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    /** Rows without an owner evict nothing of an owner's. */
    @Test
    void anOwnersEntryNeedsTagsThatAreEvictedThere() throws Exception {
        Contracts.promise(raw, new Coverage(Set.of("task", "branch/inherited"), Set.of("task")));
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.UNCOVERED);
        var shared = CacheView.json("task", "resolved").key("42");
        assertThat(cache.get(shared, ContractTest::value).status()).isEqualTo(CacheStatus.MISS);
        assertThat(cache.get(shared, ContractTest::value).status()).isEqualTo(CacheStatus.HIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tas:42",
                "ask:42",
                "task",
                "task/",
                "task:42/",
                "task:42/inherited/x",
                ":42",
                "/",
                "x",
                "branch/inherited"
            })
    void onlyAKindThatIsNamedIsCovered(String tag) throws Exception {
        for (String covers : List.of("task branch/inherited", "")) {
            var kinds = covers.isEmpty() ? Set.<String>of() : Set.of(covers.split(" "));
            Contracts.promise(raw, new Coverage(kinds, kinds));
            var result = cache.get(KEY, () -> Loaded.of("1", List.of(new Tag(tag))));
            boolean named = kinds.contains(new Tag(tag).kind());
            assertThat(result.status()).as(covers).isEqualTo(named ? CacheStatus.MISS : CacheStatus.UNCOVERED);
            raw.redis.del(ENTRY);
        }
    }

    /** Positions of two clusters cannot be compared, and two databases of one have different rows. */
    @ParameterizedTest
    @MethodSource("levels")
    void whatAnInvalidatorOfAnotherDatabasePublishedDoesNotCount(Consistency level) throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name()));
        prove();
        try (var told = builder().database(SOURCE).build();
                var other = builder()
                        .database(new SourceDatabase(SOURCE.system(), "other"))
                        .build();
                var cluster = builder()
                        .database(new SourceDatabase("1", SOURCE.name()))
                        .build()) {
            assertThat(told.at(level).get(KEY, ContractTest::value).status()).isEqualTo(CacheStatus.MISS);
            assertThat(told.at(level).get(KEY, ContractTest::value).status()).isEqualTo(CacheStatus.HIT);
            for (var foreign : List.of(other, cluster)) {
                assertThat(foreign.at(level).get(KEY, ContractTest::value).status())
                        .isEqualTo(CacheStatus.NO_INVALIDATOR);
            }
        }
        assertThat(warnings()).hasSize(2).allMatch(text -> text.contains("another database"));
        assertThat(refused("foreign")).isEqualTo(2);
    }

    @Test
    void aLoaderThatTellsItsDatabaseIsHeldAgainstTheInvalidators() throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name()));
        assertThat(cache.get(KEY, () -> value().from(SOURCE)).status()).isEqualTo(CacheStatus.MISS);
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.HIT);
        raw.redis.del(ENTRY);
        var elsewhere = new SourceDatabase("1", "app");
        assertThat(cache.get(KEY, () -> value().from(elsewhere)).status()).isEqualTo(CacheStatus.NO_INVALIDATOR);
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(read(Consistency.eventual())).isEqualTo(CacheStatus.NO_INVALIDATOR);
    }

    /** The numbers of two logs say nothing about each other. */
    @Test
    void aPositionOfAnotherClusterIsRefusedOnceTheOwnOneIsKnown() throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name(), "lsn", "0/9"));
        var own = Consistency.session(WalPosition.of("0/1@" + SOURCE.system()));
        var foreign = Consistency.session(WalPosition.of("0/1@42"));
        assertThat(read(own)).isEqualTo(CacheStatus.MISS);
        assertThat(read(own)).isEqualTo(CacheStatus.HIT);
        assertThat(read(foreign)).isEqualTo(CacheStatus.BEHIND);

        assertThatThrownBy(() -> cache.at(foreign).get(KEY, () -> value().from(SOURCE)))
                .isInstanceOf(ForeignPositionException.class)
                .hasMessageContainingAll("0/1@42", SOURCE.system(), "read without it");
        assertThatThrownBy(() -> read(foreign)).isInstanceOf(ForeignPositionException.class);
        assertThat(read(own)).isEqualTo(CacheStatus.HIT);
        assertThat(read(Consistency.session(WalPosition.of("0/1")))).isEqualTo(CacheStatus.HIT);
    }

    /** Its first load tells it: until then it knows the former one alone. */
    @Test
    void afterTheDatabaseWasMovedAPositionOfTheNewClusterIsTakenAtOnce() throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name(), "lsn", "0/9"));
        cache.get(KEY, () -> value().at("0/7", "1:1:").from(SOURCE));
        var moved = new SourceDatabase("42", SOURCE.name());
        raw.redis.del(ENTRY);
        raw.redis.hset(POSITION, Map.of("system", "42"));
        var session = Consistency.session(WalPosition.of("0/1@42"));
        for (var status : List.of(CacheStatus.NO_INVALIDATOR, CacheStatus.MISS, CacheStatus.HIT)) {
            var result =
                    cache.at(session).get(KEY, () -> value().at("0/7", "1:1:").from(moved));
            assertThat(result.status()).isEqualTo(status);
            assertThat(result.position()).contains(WalPosition.of("0/7@42"));
        }
        assertThatThrownBy(() -> read(Consistency.session(WalPosition.of("0/1@" + SOURCE.system()))))
                .isInstanceOf(ForeignPositionException.class);
    }

    @Test
    void memoryProvesNothingToAPositionOfAnotherCluster() throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name(), "lsn", "0/9"));
        try (var near = builder()
                .nearCache(1 << 20)
                .nearMaxAge(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(20))
                .build()) {
            var own = Consistency.session(WalPosition.of("0/1@" + SOURCE.system()));
            await().atMost(PATIENCE)
                    .until(() -> near.at(own).get(KEY, ContractTest::value).status() == CacheStatus.NEAR);
            assertThat(near.at(Consistency.session(WalPosition.of("0/1@42")))
                            .get(KEY, ContractTest::value)
                            .status())
                    .isEqualTo(CacheStatus.BEHIND);
        }
    }

    @Test
    void aResultTellsTheClusterOfItsPosition() throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name(), "lsn", "0/9"));
        for (var status : List.of(CacheStatus.MISS, CacheStatus.HIT)) {
            var result = cache.get(KEY, () -> value().at("0/7", "1:1:").from(SOURCE));
            assertThat(result.status()).isEqualTo(status);
            assertThat(result.position()).contains(WalPosition.of("0/7@" + SOURCE.system()));
        }
    }

    @Test
    void theBuilderMayTellItForTheLoader() throws Exception {
        promise("task", "branch/inherited");
        raw.redis.hset(POSITION, Map.of("system", SOURCE.system(), "database", SOURCE.name(), "lsn", "0/9"));
        try (var told = builder().database(SOURCE).build()) {
            for (var status : List.of(CacheStatus.MISS, CacheStatus.HIT)) {
                var result = told.get(KEY, () -> value().at("0/7", "1:1:"));
                assertThat(result.status()).isEqualTo(status);
                assertThat(result.position()).contains(WalPosition.of("0/7@" + SOURCE.system()));
            }
        }
    }

    @Test
    void memoryForgetsWhatIsNoLongerCovered() throws Exception {
        promise("task", "branch/inherited");
        try (var near = builder()
                .nearCache(1 << 20)
                .nearMaxAge(Duration.ofMinutes(10))
                .nearInterval(Duration.ofMillis(20))
                // Longer than the test waits: that it is forgotten is no matter of its age.
                .nearTtl(PATIENCE.multipliedBy(10))
                .build()) {
            await().atMost(PATIENCE)
                    .until(() -> near.get(KEY, ContractTest::value).status() == CacheStatus.NEAR);
            promise("task");
            await().atMost(PATIENCE)
                    .until(() -> near.get(KEY, ContractTest::value).status() == CacheStatus.UNCOVERED);
            promise("task", "branch/inherited");
            await().atMost(PATIENCE)
                    .until(() -> near.get(KEY, ContractTest::value).status() == CacheStatus.NEAR);
            raw.redis.del(POSITION);
            await().atMost(PATIENCE)
                    .until(() -> near.get(KEY, ContractTest::value).status() == CacheStatus.NO_INVALIDATOR);
        }
    }

    private FreshetCacheBuilder builder() {
        return FreshetCache.builder()
                .redis(uri)
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .meters(meters);
    }

    private void promise(String... kinds) {
        Contracts.promise(raw, new Coverage(Set.of(kinds), Set.of(kinds)));
    }

    private void prove() {
        raw.redis.hset(
                POSITION, Map.of("lsn", "0/1", "held-at", raw.redis.time().get(0) + "000000"));
    }

    private CacheStatus read(Consistency level) throws InterruptedException {
        return cache.at(level).get(KEY, ContractTest::value).status();
    }

    private double refused(String reason) {
        return meters.get("freshet.cache.fills.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Loaded<String> value() {
        return Loaded.of("1", Tags.of("task:42", "branch:7/inherited"));
    }
}
