// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.redis.LinkSettings;
import dev.freshet.redis.RedisAddress;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of begin.lua and fill.lua, each on its own; the same in every topology of Redis. */
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreTest {
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String FENCES = "ctx:{u1}:~fences";
    private static final String ENTRY = "ctx:{u1}:task:42:resolved";
    private static final EntryKey KEY = EntryKey.of(Isolate.of("u1"), "task", "42", "resolved");
    private static final Loaded VALUE = Loaded.of("{\"n\":1}", Tags.of("task:42", "branch:7/inherited"));

    private RawRedis raw;
    private RedisLink<String, byte[]> link;
    private RedisStore store;

    private final String uri;

    StoreTest(String uri) {
        this.uri = uri;
    }

    @BeforeAll
    void connect() throws InterruptedException {
        raw = new RawRedis(uri);
        var patience = Duration.ofSeconds(30);
        link = new RedisLink<>(
                new LinkSettings(RedisAddress.parse(uri), "store-test", patience, patience, 100),
                RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE),
                () -> {});
        link.open(Duration.ofSeconds(30));
        store = store(LIFETIME);
    }

    private RedisStore store(Duration fenceLifetime) {
        var breaker = new CircuitBreaker(3, Duration.ofSeconds(1), System::nanoTime);
        var metrics = new CacheMetrics(new SimpleMeterRegistry());
        return new RedisStore(
                link,
                breaker,
                new CacheKeys("ctx"),
                new AtomicReference<>(),
                fenceLifetime,
                Duration.ofSeconds(30),
                metrics);
    }

    @AfterAll
    void disconnect() {
        link.close();
        raw.close();
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
    }

    @Test
    void storesTheEntryAsDocumentedAndListsItUnderItsTags() throws Exception {
        assertThat(fill(begin())).isEqualTo(FillOutcome.STORED);
        assertThat(raw.redis.get(ENTRY))
                .isEqualTo("{\"tags\":[\"task:42\",\"branch:7/inherited\"],\"value\":{\"n\":1}}");
        assertThat(raw.redis.smembers("ctx:{u1}:~tag:task:42")).containsExactly(ENTRY);
        assertThat(raw.redis.smembers("ctx:{u1}:~tag:branch:7/inherited")).containsExactly(ENTRY);
        assertThat(raw.redis.pttl(ENTRY)).isBetween(1L, TTL.toMillis());
        assertThat(raw.redis.zrange(FENCES, 0, -1)).containsExactlyInAnyOrder("~created", "~clock");
        assertThat(new String(store.begin(KEY, Consistency.eventual()).entry(), StandardCharsets.UTF_8))
                .isEqualTo(raw.redis.get(ENTRY));
    }

    @Test
    void tagSetsExpireWithTheLongestOfTheirEntries() throws Exception {
        var other = EntryKey.of(Isolate.of("u1"), "task", "43", "resolved");
        var shared = Loaded.of("1", Tags.of("branch:7/inherited"));
        store.fill(KEY, begin(), Duration.ofSeconds(500), shared);
        assertThat(raw.redis.pttl("ctx:{u1}:~tag:branch:7/inherited")).isBetween(490_000L, 500_000L);
        store.fill(other, store.begin(other, Consistency.eventual()).token(), Duration.ofSeconds(50), shared);
        assertThat(raw.redis.pttl("ctx:{u1}:~tag:branch:7/inherited")).isBetween(490_000L, 500_000L);
        store.fill(
                other,
                store.begin(EntryKey.of(Isolate.of("u1"), "task", "44", "own"), Consistency.eventual())
                        .token(),
                Duration.ofSeconds(900),
                shared);
        assertThat(raw.redis.pttl("ctx:{u1}:~tag:branch:7/inherited")).isBetween(890_000L, 900_000L);
    }

    @Test
    void refusesAFillWhoseTagWasFencedAfterTheToken() throws Exception {
        Token token = begin();
        fence("branch:7/inherited", micros(token) + 1);
        assertThat(fill(token)).isEqualTo(FillOutcome.FENCED);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void refusesAFillWhoseTagWasFencedAtTheVeryTimeOfTheToken() throws Exception {
        Token token = begin();
        fence("task:42", micros(token));
        assertThat(fill(token)).isEqualTo(FillOutcome.FENCED);
    }

    @Test
    void acceptsAFillWhoseTagWasFencedBeforeTheToken() throws Exception {
        Token token = begin();
        fence("task:42", micros(token) - 1);
        fence("branch:8/inherited", micros(token) + 1);
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void nothingIsStoredNorTakenThatNobodyEvicts() throws Exception {
        Token token = begin();
        Contracts.promise(raw, new Coverage(Set.of("task"), Set.of("task")));
        assertThat(fill(token)).isEqualTo(FillOutcome.UNCOVERED);
        raw.redis.flushall();
        assertThat(fill(token)).isEqualTo(FillOutcome.NO_INVALIDATOR);
        assertThat(store.begin(KEY, Consistency.eventual()).uncached()).isTrue();
        assertThat(raw.redis.keys("*")).isEmpty();
    }

    @Test
    void refusesAFillIfTheFenceSetIsLost() throws Exception {
        Token token = begin();
        raw.redis.del(FENCES);
        assertThat(fill(token)).isEqualTo(FillOutcome.LOST);
    }

    @Test
    void refusesAFillIfTheFenceSetWasLostAndMadeAnew() throws Exception {
        Token token = begin();
        raw.redis.flushall();
        Contracts.promise(raw);
        Token later = begin();
        assertThat(fill(token)).isEqualTo(FillOutcome.LOST);
        assertThat(fill(later)).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void refusesAFillIfTheFenceSetWasMadeAnewByAClockThatIsBehind() throws Exception {
        Token token = begin();
        raw.redis.del(FENCES);
        raw.redis.zadd(FENCES, micros(token) - 5_000_000, "~created");
        raw.redis.zadd(FENCES, micros(token) - 4_000_000, "~clock");
        assertThat(fill(token)).isEqualTo(FillOutcome.LOST);
    }

    @Test
    void refusesATokenOlderThanHalfTheLifetimeOfAFence() throws Exception {
        Token token = begin();
        // The isolate's clock runs ahead: that much time has passed for it.
        raw.redis.zadd(FENCES, micros(token) + LIFETIME.toMillis() * 500 + 1, "~clock");
        assertThat(fill(token)).isEqualTo(FillOutcome.OLD);
    }

    @Test
    void acceptsATokenJustYoungerThanThat() throws Exception {
        Token token = begin();
        raw.redis.zadd(FENCES, micros(token) + LIFETIME.toMillis() * 500, "~clock");
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void ageIsToldByRedisOwnClockWhereNothingElseHappenedSince() throws Exception {
        // Taken long ago, and no one has asked for this owner since.
        long then = micros(begin()) - LIFETIME.toMillis() * 500 - 1;
        raw.redis.zadd(FENCES, then, "~created");
        raw.redis.zadd(FENCES, then, "~clock");
        assertThat(fill(new Token("" + then, "" + then))).isEqualTo(FillOutcome.OLD);
    }

    @Test
    void tokensGrowEvenWhereTheClockStepsBack() throws Exception {
        Token first = begin();
        double ahead = micros(first) + 3_600_000_000.0;
        raw.redis.zadd(FENCES, ahead, "~clock");
        long second = micros(begin());
        long third = micros(begin());
        assertThat((double) second).isEqualTo(ahead + 1);
        assertThat(third).isEqualTo(second + 1);
    }

    @Test
    void tokensAreDifferentHoweverFastTheyAreTaken() throws Exception {
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long token = micros(begin());
            assertThat(token).isGreaterThan(last);
            last = token;
        }
    }

    @Test
    void aTokenLeavesItsTimeInTheFenceSet() throws Exception {
        Token token = begin();
        assertThat(raw.redis.zscore(FENCES, "~clock")).isEqualTo((double) micros(token));
        assertThat(raw.redis.zscore(FENCES, "~created")).isEqualTo(Double.parseDouble(token.created()));
    }

    @Test
    void anIdleFenceSetExpiresAfterTheLifetimeOfAFence() throws Exception {
        begin();
        assertThat(raw.redis.pttl(FENCES)).isBetween(LIFETIME.toMillis() - 60_000, LIFETIME.toMillis());
    }

    @Test
    void anEntryThatATagNoLongerListsIsAMissAndGoes() throws Exception {
        fill(begin());
        raw.redis.del("ctx:{u1}:~tag:branch:7/inherited");
        BeginReply begun = store.begin(KEY, Consistency.eventual());
        assertThat(begun.entry()).isNull();
        assertThat(begun.token()).isNotNull();
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void anEntryWhoseTagListsOnlyOthersIsAMiss() throws Exception {
        fill(begin());
        raw.redis.del("ctx:{u1}:~tag:task:42");
        raw.redis.sadd("ctx:{u1}:~tag:task:42", "ctx:{u1}:task:42:own");
        assertThat(store.begin(KEY, Consistency.eventual()).entry()).isNull();
    }

    @Test
    void aFillThatBreaksOffDoesNotBringAnOldEntryBack() throws Exception {
        store.fill(KEY, begin(), TTL, Loaded.of("\"old\"", Tags.of("task:42")));
        Token token = store.begin(EntryKey.of(Isolate.of("u1"), "task", "1", "own"), Consistency.eventual())
                .token();
        // The old entry was purged while its tag's set was lost; the other tag's set is no set.
        raw.redis.del("ctx:{u1}:~tag:task:42");
        raw.redis.set("ctx:{u1}:~tag:branch:7/inherited", "x");
        assertThatThrownBy(() -> fill(token)).hasMessageContaining("WRONGTYPE");
        raw.redis.del("ctx:{u1}:~tag:branch:7/inherited");
        assertThat(store.begin(KEY, Consistency.eventual()).entry()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\":[],\"value\":1}",
                "{\"tags\":[task:42],\"value\":1}",
                "{\"value\":1}",
                "plain",
                "",
                "x{\"tags\":[\"task:42\"],\"value\":1}",
                "{\"tags\":[\"task:42\"],\"at\":\"0/1\"}",
                "{\"tags\":[\"task:42\"],\"at\":\"x\",\"value\":1}",
                "{\"tags\":[\"task:42\"],\"at\":\"0/1\",\"other\":1,\"value\":1}",
                "{\"tags\":[\"task:42\"],\"snapshot\":\"1:1:\",\"at\":\"0/1\",\"value\":1}"
            })
    void whatIsNoEntryIsAMissAndGoes(String foreign) throws Exception {
        raw.redis.set(ENTRY, foreign);
        raw.redis.sadd("ctx:{u1}:~tag:task:42", ENTRY);
        assertThat(store.begin(KEY, Consistency.eventual()).entry()).isNull();
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void tagsOfADocumentInsideTheValueAreNotTakenForItsOwn() throws Exception {
        var nested = Loaded.of("{\"tags\":[\"x\"],\"value\":[1,2]}", Tags.of("task:42"));
        store.fill(KEY, begin(), TTL, nested);
        assertThat(EntryFormat.of(store.begin(KEY, Consistency.eventual()).entry())
                        .value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"tags\":[\"x\"],\"value\":[1,2]}");
    }

    @Test
    void anotherOwnersFencesRefuseNothingHere() throws Exception {
        Token token = begin();
        raw.redis.zadd("ctx:{u2}:~fences", micros(token) + 1, "task:42");
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{", "a:b", "%", "%7D", "", "~", "é\uD83D\uDE00", "a\"],\"value\":b", "a b\n"})
    void oddOwnersAndIdsKeepToTheirPlace(String odd) throws Exception {
        var keys = new CacheKeys("ctx");
        var isolate = Isolate.of(odd);
        var key = EntryKey.of(isolate, "task", odd, "own");
        var tag = dev.freshet.protocol.Tag.row("task", List.of(odd));
        assertThat(store.fill(
                        key, store.begin(key, Consistency.eventual()).token(), TTL, Loaded.of("\"v\"", List.of(tag))))
                .isEqualTo(FillOutcome.STORED);
        assertThat(EntryFormat.of(store.begin(key, Consistency.eventual()).entry())
                        .value())
                .asString()
                .isEqualTo("\"v\"");
        var stored = raw.redis.keys("*").stream()
                .filter(name -> !name.startsWith(keys.position()))
                .toList();
        assertThat(stored).containsExactlyInAnyOrder(key.in(keys), keys.fences(isolate), keys.tagSet(isolate, tag));
        var slots =
                stored.stream().map(io.lettuce.core.cluster.SlotHash::getSlot).distinct();
        assertThat(slots).hasSize(1);
    }

    @Test
    void theLockForWarmingIsTakenOnceAndGivenBackByItsHolderAlone() throws Exception {
        var lock = "ctx:{u1}:~warming:task:42:resolved";
        var another = store(LIFETIME);
        assertThat(store.lockWarming(KEY)).isTrue();
        assertThat(another.lockWarming(KEY)).isFalse();
        // As where the first took so long that its lock expired.
        another.unlockWarming(KEY);
        assertThat(raw.redis.exists(lock)).isEqualTo(1);
        assertThat(raw.redis.pttl(lock)).isPositive();
        store.unlockWarming(KEY);
        assertThat(raw.redis.exists(lock)).isZero();
    }

    @Test
    void scriptsThatRedisForgotAreSentAgain() throws Exception {
        Token token = begin();
        raw.redis.scriptFlush();
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
        raw.redis.scriptFlush();
        assertThat(store.begin(KEY, Consistency.eventual()).entry()).isNotNull();
    }

    @Test
    void onlyWhatTheAskedMasterItselfAnsweredIsHeardOf() throws Exception {
        fill(begin());
        for (var master : link.masters()) {
            var connection = master.connection().orElseThrow();
            var begun = store.begin(KEY, Consistency.eventual(), new BeginRequest(ENTRY, 0, connection));
            assertThat(begun.entry()).isEqualTo(raw.redis.get(ENTRY).getBytes(StandardCharsets.UTF_8));
            boolean own = link.masters().size() == 1 || master.slots().get(SlotHash.getSlot(ENTRY));
            assertThat(begun.heard()).isEqualTo(own);
        }
    }

    private Token begin() throws Exception {
        return store.begin(KEY, Consistency.eventual()).token();
    }

    private FillOutcome fill(Token token) throws Exception {
        return store.fill(KEY, token, TTL, VALUE);
    }

    private void fence(String tag, double time) {
        raw.redis.zadd(FENCES, time, tag);
    }

    private static long micros(Token token) {
        return Long.parseLong(token.time());
    }
}
