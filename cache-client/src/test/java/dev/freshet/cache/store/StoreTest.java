// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.Contracts;
import dev.freshet.cache.Tags;
import dev.freshet.cache.TestedRedis;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.EntryFormat;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisLink;
import io.lettuce.core.cluster.SlotHash;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    private static final String LEASE = "ctx:{u1}:~lease:task:42:resolved";
    private static final Duration LEASE_TIME = Duration.ofMinutes(1);
    private static final EntryAddress ADDRESS = new EntryAddress(Isolate.of("u1"), ENTRY);
    private static final Fill VALUE = value("{\"n\":1}", Tags.of("task:42", "branch:7/inherited"));

    private RawRedis raw;
    private RedisLink<String, byte[]> link;
    private RedisStore store;

    private final TestedRedis tested;

    StoreTest(TestedRedis tested) {
        this.tested = tested;
    }

    @BeforeAll
    void connect() throws InterruptedException {
        raw = tested.raw().get();
        link = tested.link().get();
        link.open(Duration.ofSeconds(30));
        store = store(LIFETIME);
    }

    private RedisStore store(Duration fenceLifetime) {
        var breaker = new CircuitBreaker(3, Duration.ofSeconds(1), System::nanoTime);
        return new RedisStore(
                link,
                breaker,
                new CacheKeys("ctx"),
                new LoaderDatabase(),
                fenceLifetime,
                Duration.ofSeconds(30),
                new SimpleMeterRegistry());
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
        assertThat(new String(ask(ADDRESS).entry(), StandardCharsets.UTF_8)).isEqualTo(raw.redis.get(ENTRY));
    }

    @Test
    void tagSetsExpireWithTheLongestOfTheirEntries() throws Exception {
        var other = address("task:43:resolved");
        var shared = value("1", Tags.of("branch:7/inherited"));
        store.fill(ADDRESS, begin(), Duration.ofSeconds(500), shared);
        assertThat(raw.redis.pttl("ctx:{u1}:~tag:branch:7/inherited")).isBetween(490_000L, 500_000L);
        store.fill(other, ask(other).token(), Duration.ofSeconds(50), shared);
        assertThat(raw.redis.pttl("ctx:{u1}:~tag:branch:7/inherited")).isBetween(490_000L, 500_000L);
        store.fill(other, ask(address("task:44:own")).token(), Duration.ofSeconds(900), shared);
        assertThat(raw.redis.pttl("ctx:{u1}:~tag:branch:7/inherited")).isBetween(890_000L, 900_000L);
    }

    @Test
    void refusesAFillWhoseTagWasFencedAfterTheToken() throws Exception {
        FillToken token = begin();
        fence("branch:7/inherited", micros(token) + 1);
        assertThat(fill(token)).isEqualTo(FillOutcome.FENCED);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void refusesAFillWhoseTagWasFencedAtTheVeryTimeOfTheToken() throws Exception {
        FillToken token = begin();
        fence("task:42", micros(token));
        assertThat(fill(token)).isEqualTo(FillOutcome.FENCED);
    }

    @Test
    void acceptsAFillWhoseTagWasFencedBeforeTheToken() throws Exception {
        FillToken token = begin();
        fence("task:42", micros(token) - 1);
        fence("branch:8/inherited", micros(token) + 1);
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void nothingIsStoredNorTakenThatNobodyEvicts() throws Exception {
        FillToken token = begin();
        Contracts.promise(raw, new Coverage(Set.of("task"), Set.of("task")));
        assertThat(fill(token)).isEqualTo(FillOutcome.UNCOVERED);
        raw.redis.flushall();
        assertThat(fill(token)).isEqualTo(FillOutcome.NO_INVALIDATOR);
        assertThat(ask(ADDRESS).uncached()).isTrue();
        assertThat(raw.redis.keys("*")).isEmpty();
    }

    @Test
    void refusesAFillIfTheFenceSetIsLost() throws Exception {
        FillToken token = begin();
        raw.redis.del(FENCES);
        assertThat(fill(token)).isEqualTo(FillOutcome.LOST);
    }

    @Test
    void refusesAFillIfTheFenceSetWasLostAndMadeAnew() throws Exception {
        FillToken token = begin();
        raw.redis.flushall();
        Contracts.promise(raw);
        FillToken later = begin();
        assertThat(fill(token)).isEqualTo(FillOutcome.LOST);
        assertThat(fill(later)).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void refusesAFillIfTheFenceSetWasMadeAnewByAClockThatIsBehind() throws Exception {
        FillToken token = begin();
        raw.redis.del(FENCES);
        raw.redis.zadd(FENCES, micros(token) - 5_000_000, "~created");
        raw.redis.zadd(FENCES, micros(token) - 4_000_000, "~clock");
        assertThat(fill(token)).isEqualTo(FillOutcome.LOST);
    }

    @Test
    void refusesATokenOlderThanHalfTheLifetimeOfAFence() throws Exception {
        FillToken token = begin();
        // The isolate's clock runs ahead: that much time has passed for it.
        raw.redis.zadd(FENCES, micros(token) + LIFETIME.toMillis() * 500 + 1, "~clock");
        assertThat(fill(token)).isEqualTo(FillOutcome.OLD);
    }

    @Test
    void acceptsATokenJustYoungerThanThat() throws Exception {
        FillToken token = begin();
        raw.redis.zadd(FENCES, micros(token) + LIFETIME.toMillis() * 500, "~clock");
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
    }

    @Test
    void ageIsToldByRedisOwnClockWhereNothingElseHappenedSince() throws Exception {
        // Taken long ago, and no one has asked for this owner since.
        long then = micros(begin()) - LIFETIME.toMillis() * 500 - 1;
        raw.redis.zadd(FENCES, then, "~created");
        raw.redis.zadd(FENCES, then, "~clock");
        assertThat(fill(new FillToken("" + then, "" + then))).isEqualTo(FillOutcome.OLD);
    }

    @Test
    void tokensGrowEvenWhereTheClockStepsBack() throws Exception {
        FillToken first = begin();
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
        FillToken token = begin();
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
        BeginReply begun = ask(ADDRESS);
        assertThat(begun.entry()).isNull();
        assertThat(begun.token()).isNotNull();
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void anEntryWhoseTagListsOnlyOthersIsAMiss() throws Exception {
        fill(begin());
        raw.redis.del("ctx:{u1}:~tag:task:42");
        raw.redis.sadd("ctx:{u1}:~tag:task:42", "ctx:{u1}:task:42:own");
        assertThat(ask(ADDRESS).entry()).isNull();
    }

    @Test
    void aFillThatBreaksOffDoesNotBringAnOldEntryBack() throws Exception {
        store.fill(ADDRESS, begin(), TTL, value("\"old\"", Tags.of("task:42")));
        FillToken token = ask(address("task:1:own")).token();
        // The old entry was purged while its tag's set was lost; the other tag's set is no set.
        raw.redis.del("ctx:{u1}:~tag:task:42");
        raw.redis.set("ctx:{u1}:~tag:branch:7/inherited", "x");
        assertThatThrownBy(() -> fill(token)).hasMessageContaining("WRONGTYPE");
        raw.redis.del("ctx:{u1}:~tag:branch:7/inherited");
        assertThat(ask(ADDRESS).entry()).isNull();
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
        assertThat(ask(ADDRESS).entry()).isNull();
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void tagsOfADocumentInsideTheValueAreNotTakenForItsOwn() throws Exception {
        var nested = value("{\"tags\":[\"x\"],\"value\":[1,2]}", Tags.of("task:42"));
        store.fill(ADDRESS, begin(), TTL, nested);
        assertThat(EntryFormat.of(ask(ADDRESS).entry()).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"tags\":[\"x\"],\"value\":[1,2]}");
    }

    @Test
    void anotherOwnersFencesRefuseNothingHere() throws Exception {
        FillToken token = begin();
        raw.redis.zadd("ctx:{u2}:~fences", micros(token) + 1, "task:42");
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{", "a:b", "%", "%7D", "", "~", "é\uD83D\uDE00", "a\"],\"value\":b", "a b\n"})
    void oddOwnersAndIdsKeepToTheirPlace(String odd) throws Exception {
        var keys = new CacheKeys("ctx");
        var isolate = Isolate.of(odd);
        var address = new EntryAddress(isolate, keys.entry(isolate, "task", List.of(odd), "own"));
        var tag = Tag.row("task", List.of(odd));
        assertThat(store.fill(address, ask(address).token(), TTL, value("\"v\"", List.of(tag))))
                .isEqualTo(FillOutcome.STORED);
        assertThat(EntryFormat.of(ask(address).entry()).value()).asString().isEqualTo("\"v\"");
        var stored = raw.redis.keys("*").stream()
                .filter(name -> !name.startsWith(keys.position()))
                .toList();
        assertThat(stored).containsExactlyInAnyOrder(address.name(), keys.fences(isolate), keys.tagSet(isolate, tag));
        var slots =
                stored.stream().map(io.lettuce.core.cluster.SlotHash::getSlot).distinct();
        assertThat(slots).hasSize(1);
    }

    @Test
    void oneProcessHasTheLeaseOfAnEntryUntilItIsFilled() throws Exception {
        var another = store(LIFETIME);
        var first = store.begin(BeginRequest.only(ADDRESS), Demand.NONE, LEASE_TIME);
        assertThat(first.owns()).isTrue();
        assertThat(raw.redis.pttl(LEASE)).isBetween(1L, LEASE_TIME.toMillis());
        var late = another.begin(BeginRequest.only(ADDRESS), Demand.NONE, LEASE_TIME);
        assertThat(late.isLeased()).isTrue();
        assertThat(late.token()).isNull();
        assertThat(store.begin(BeginRequest.only(ADDRESS), Demand.NONE, LEASE_TIME)
                        .owns())
                .isTrue();
        var alone = ask(ADDRESS);
        assertThat(alone.isLeased() || alone.owns()).isFalse();
        assertThat(fill(first.token())).isEqualTo(FillOutcome.STORED);
        assertThat(raw.redis.exists(LEASE)).isZero();
        assertThat(another.begin(BeginRequest.only(ADDRESS), Demand.NONE, LEASE_TIME)
                        .entry())
                .isNotNull();
    }

    @Test
    void aLeaseIsGivenBackByItsHolderAlone() throws Exception {
        var another = store(LIFETIME);
        store.begin(BeginRequest.only(ADDRESS), Demand.NONE, LEASE_TIME);
        // As where the first took so long that its lease expired.
        another.release(ADDRESS).join();
        assertThat(raw.redis.exists(LEASE)).isEqualTo(1);
        store.release(ADDRESS).join();
        assertThat(raw.redis.exists(LEASE)).isZero();
    }

    @Test
    void ofSeveralEntriesEachHasALeaseOfItsOwn() throws Exception {
        var other = address("task:43:resolved");
        store(LIFETIME).begin(BeginRequest.only(ADDRESS), Demand.NONE, LEASE_TIME);
        var both = List.of(BeginRequest.only(ADDRESS), BeginRequest.only(other));
        var begun = store.beginAll(both, Demand.NONE, LEASE_TIME).join();
        assertThat(begun.get(0).isLeased()).isTrue();
        assertThat(begun.get(1).owns()).isTrue();
    }

    @Test
    void scriptsThatRedisForgotAreSentAgain() throws Exception {
        FillToken token = begin();
        raw.redis.scriptFlush();
        assertThat(fill(token)).isEqualTo(FillOutcome.STORED);
        raw.redis.scriptFlush();
        assertThat(ask(ADDRESS).entry()).isNotNull();
    }

    @Test
    void onlyWhatTheAskedMasterItselfAnsweredIsHeardOf() throws Exception {
        fill(begin());
        for (var master : link.masters()) {
            var connection = master.connection().orElseThrow();
            var begun = store.begin(new BeginRequest(ADDRESS, 0, connection), Demand.NONE, null);
            assertThat(begun.entry()).isEqualTo(raw.redis.get(ENTRY).getBytes(StandardCharsets.UTF_8));
            boolean own = link.masters().size() == 1 || master.slots().get(SlotHash.getSlot(ENTRY));
            assertThat(begun.heard()).isEqualTo(own);
        }
    }

    private static EntryAddress address(String rest) {
        return new EntryAddress(Isolate.of("u1"), "ctx:{u1}:" + rest);
    }

    private static Fill value(String json, List<Tag> tags) {
        return new Fill(json.getBytes(StandardCharsets.UTF_8), tags, null, null, null, true);
    }

    private BeginReply ask(EntryAddress address) throws Exception {
        return store.begin(BeginRequest.only(address), Demand.NONE, null);
    }

    private FillToken begin() throws Exception {
        return ask(ADDRESS).token();
    }

    private FillOutcome fill(FillToken token) throws Exception {
        return store.fill(ADDRESS, token, TTL, VALUE);
    }

    private void fence(String tag, double time) {
        raw.redis.zadd(FENCES, time, tag);
    }

    private static long micros(FillToken token) {
        return Long.parseLong(token.time());
    }
}
