// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Holder;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.SupersededException;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Lsn;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The position, and the identity of the master that it is published on. */
class PublishTest {
    private static final String KEY = "ctx:~position";
    private static final Position POSITION = new Position(
            new Position.Origin("7301234567890123456", 2, "app", "freshet", "0f3a", 3),
            Contracts.SOME,
            new Lsn(0xABCD_0123_4567L),
            Instant.parse("2026-11-22T10:15:30.123456Z"),
            Instant.parse("2026-11-22T10:15:30.125Z"));

    private static final Owner OWNER = new Owner("7301234567890123456", "app", "freshet");

    private RedisServer server;
    private RawRedis raw;
    private Evictor evictor;

    @BeforeEach
    void start() {
        server = RedisServer.start(RedisOptions.defaults().withPersistence());
        raw = new RawRedis(server.uri());
        evictor = new Evictor(new EvictorSettings(server.uri(), new CacheKeys("ctx")), new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        evictor.close();
        raw.close();
        server.close();
    }

    @Test
    void thePositionIsReadAsItWasPublished() throws Exception {
        Masters before = evictor.masters();
        assertThat(before.position()).isEmpty();
        assertThat(before.publishedHere()).isFalse();

        assertThat(evictor.publish(POSITION, before, null)).isTrue();

        assertThat(evictor.masters().position()).contains(POSITION);
        assertThat(evictor.masters().publishedHere()).isTrue();
        assertThat(raw.redis.hgetall(KEY))
                .containsEntry("system", "7301234567890123456")
                .containsEntry("timeline", "2")
                .containsEntry("publication", "0f3a")
                .containsEntry("slot", "freshet")
                .containsEntry("lsn", "ABCD/1234567")
                .containsEntry("committed-at", "1795342530123456")
                .containsEntry("epoch", "3")
                .containsEntry("master", identity())
                .containsEntry("database", "app")
                .containsEntry("owner", "here:1")
                .containsEntry("mapping", "c0ffee")
                .containsEntry("covers", "shop task task/inherited")
                .containsEntry("covers-owned", "task")
                .hasSize(14);
    }

    @Test
    void itTellsUntilWhenEverythingIsEvictedByTheClockOfThatRedis() throws Exception {
        Masters asked = evictor.masters();
        long micros = asked.all().get(0).micros();
        assertThat(evictor.publish(POSITION, asked, asked)).isTrue();
        assertThat(raw.redis.hget(KEY, "held-at")).isEqualTo(Long.toString(micros));

        // Nothing is known of that any more.
        assertThat(evictor.publish(POSITION, asked, null)).isTrue();
        assertThat(raw.redis.hget(KEY, "held-at")).isNull();

        // Asked before the clock was set back: no later than now.
        var ahead = new Masters(List.of(new Master(
                KEY,
                asked.all().get(0).identity(),
                micros + 3_600_000_000L,
                Optional.empty(),
                Optional.empty(),
                null)));
        assertThat(evictor.publish(POSITION, asked, ahead)).isTrue();
        assertThat(Long.parseLong(raw.redis.hget(KEY, "held-at"))).isBetween(micros, micros + 600_000_000L);

        // Asked of another master: its clock says nothing about this one's.
        var other = new Masters(List.of(new Master(KEY, "other", micros, Optional.empty(), Optional.empty(), null)));
        assertThat(evictor.publish(POSITION, asked, other)).isTrue();
        assertThat(raw.redis.hget(KEY, "held-at")).isNull();
    }

    @Test
    void whoBeganEarlierNeitherPublishesNorWithdraws() throws Exception {
        Masters before = evictor.masters();
        assertThat(evictor.claim(new Claim(5, ""), OWNER, false)).isTrue();
        assertThat(evictor.publish(POSITION, before, null)).isTrue();
        assertThat(evictor.masters().claim()).isEqualTo(5);
        try (var later =
                new Evictor(new EvictorSettings(server.uri(), new CacheKeys("ctx")), new SimpleMeterRegistry())) {
            assertThat(later.claim(new Claim(6, ""), OWNER, false)).isTrue();
            assertThat(later.publish(POSITION, before, null)).isTrue();

            assertThatThrownBy(() -> evictor.publish(further(), before, null)).isInstanceOf(SupersededException.class);
            assertThatThrownBy(evictor::withdraw).isInstanceOf(SupersededException.class);
            assertThat(evictor.masters().position()).contains(POSITION);

            assertThat(later.publish(further(), before, null)).isTrue();
        }
    }

    /** A purge may be due, which the one that began earlier knows nothing of. */
    @Test
    void whoBeganEarlierDoesNotPublishWhatALaterOneHasWithdrawn() throws Exception {
        Masters before = evictor.masters();
        assertThat(evictor.claim(new Claim(5, ""), OWNER, false)).isTrue();
        assertThat(evictor.publish(POSITION, before, null)).isTrue();
        try (var later =
                new Evictor(new EvictorSettings(server.uri(), new CacheKeys("ctx")), new SimpleMeterRegistry())) {
            assertThat(later.claim(new Claim(6, ""), OWNER, false)).isTrue();
            later.withdraw();
        }
        assertThatThrownBy(() -> evictor.publish(further(), before, null)).isInstanceOf(SupersededException.class);
        assertThat(evictor.masters().position()).isEmpty();
        assertThat(evictor.masters().owners()).containsExactly(OWNER);
    }

    @Test
    void aClaimIsGreaterThanAllBeforeAndOnWhatIsNobodyElses() throws Exception {
        var others = new Owner("7301234567890123456", "other", "freshet");
        assertThat(evictor.claim(new Claim(5, ""), OWNER, false)).isTrue();
        assertThat(evictor.claim(new Claim(5, ""), OWNER, false)).isFalse();
        assertThat(evictor.claim(new Claim(6, ""), others, false))
                .as("nobody has published yet")
                .isTrue();
        assertThat(evictor.claim(new Claim(7, ""), OWNER, false)).isTrue();
        assertThat(evictor.publish(POSITION, evictor.masters(), null)).isTrue();

        assertThat(evictor.claim(new Claim(8, ""), others, false)).isFalse();
        assertThat(evictor.masters().position()).contains(POSITION);
        assertThat(evictor.masters().claim()).isEqualTo(7);

        assertThat(evictor.claim(new Claim(8, ""), others, true)).isTrue();
        assertThat(evictor.masters().position()).isEmpty();
        assertThat(raw.redis.hgetall(KEY).keySet())
                .as("readers of the next owner take nothing of the former one before it is purged")
                .doesNotContain("covers", "covers-owned")
                .contains("mapping");
        assertThat(evictor.masters().owners()).containsExactly(others);
        assertThat(evictor.claim(new Claim(9, ""), OWNER, false))
                .as("the former owner")
                .isFalse();
    }

    /** Where Redis' clock was set back after a reader wrote its wish, that would stand for as long as it was set back. */
    @Test
    void aWishFurtherAheadThanReadersWriteIsNone() throws Exception {
        long now = Long.parseLong(raw.redis.time().get(0)) * 1_000_000;
        raw.redis.hset(KEY, Map.of("wanted", "500000", "wanted-until", Long.toString(now + 50_000_000)));
        assertThat(evictor.masters().wanted()).contains(Duration.ofMillis(500));
        raw.redis.hset(KEY, "wanted-until", Long.toString(now + 3_600_000_000L));
        assertThat(evictor.masters().wanted()).isEmpty();
    }

    /** As a replica that was promoted before it got the last claim. */
    @Test
    void anOlderClaimIsNoObstacle() throws Exception {
        raw.redis.hset(KEY, "claim", "5");
        assertThat(evictor.claim(new Claim(6, ""), OWNER, false)).isTrue();
        assertThat(evictor.publish(POSITION, evictor.masters(), null)).isTrue();
        raw.redis.del(KEY);
        assertThat(evictor.publish(POSITION, evictor.masters(), null)).isTrue();
        assertThat(raw.redis.hget(KEY, "claim")).isEqualTo("6");
    }

    @Test
    void theMappingIsKeptBesideThePositionAndOutlivesIt() throws Exception {
        assertThat(evictor.claim(new Claim(1, "what it means"), OWNER, false)).isTrue();
        Masters masters = evictor.masters();
        assertThat(evictor.mappings(masters)).containsExactly(Optional.empty());
        assertThat(evictor.publish(POSITION, masters, null)).isTrue();
        assertThat(evictor.mappings(masters)).containsExactly(Optional.of("what it means"));
        assertThat(evictor.masters().all().get(0).standing().mapping()).isEqualTo("c0ffee");

        evictor.withdraw();
        assertThat(evictor.mappings(masters)).containsExactly(Optional.of("what it means"));

        // Emptied: written again.
        raw.redis.del(KEY);
        assertThat(evictor.publish(POSITION, masters, null)).isTrue();
        assertThat(evictor.mappings(masters)).containsExactly(Optional.of("what it means"));
    }

    @Test
    void nothingIsPublishedOnAServerThatWasRestarted() throws Exception {
        Masters before = evictor.masters();
        evictor.publish(POSITION, before, null);
        server.restart();

        assertThat(evictor.publish(further(), before, null)).isFalse();

        Masters after = evictor.masters();
        assertThat(after.position()).contains(POSITION);
        assertThat(after.publishedHere()).isFalse();
        assertThat(evictor.publish(further(), after, null)).isTrue();
        assertThat(evictor.masters().publishedHere()).isTrue();
    }

    /** The process lives on: only the replication id tells. */
    @Test
    void aServerThatWasAReplicaInBetweenIsAnotherMaster() throws Exception {
        Masters before = evictor.masters();
        try (var other = RedisServer.start()) {
            raw.redis.replicaof(other.host(), other.port());
            await().atMost(PATIENCE).until(() -> raw.redis.info("replication").contains("master_link_status:up"));
            raw.redis.replicaofNoOne();
        }
        assertThat(evictor.publish(POSITION, before, null)).isFalse();
    }

    @Test
    void aWithdrawnPositionIsGoneAndWhoseItWasRemains() throws Exception {
        Masters asked = evictor.masters();
        assertThat(asked.holders()).isEmpty();
        evictor.publish(POSITION, asked, asked);
        evictor.withdraw();
        assertThat(evictor.masters().position()).isEmpty();
        assertThat(evictor.masters().holders()).containsExactly(new Holder(POSITION.origin(), Contracts.SOME));
        assertThat(raw.redis.hgetall(KEY)).doesNotContainKeys("lsn", "held-at", "committed-at", "updated-at", "master");

        // Nor does withdrawing leave anything where nothing was.
        raw.redis.del(KEY);
        evictor.withdraw();
        assertThat(raw.redis.exists(KEY)).isZero();
    }

    @Test
    void aPositionThatCannotBeUnderstoodIsNone() throws Exception {
        raw.redis.hset(KEY, "slot", "freshet");
        assertThat(evictor.masters().position()).isEmpty();
        raw.redis.del(KEY);
        evictor.publish(POSITION, evictor.masters(), null);
        raw.redis.hset(KEY, "lsn", "somewhere");
        assertThat(evictor.masters().position()).isEmpty();
    }

    /** What Redis refuses is repeated for ever. */
    @Test
    void aRedisWithoutMemoryTakesThePositionStill() throws Exception {
        raw.redis.configSet("maxmemory-policy", "noeviction");
        raw.redis.configSet("maxmemory", "1");
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> evictor.publish(POSITION, evictor.masters(), null)))
                .isTrue();
        assertThat(evictor.masters().position()).contains(POSITION);
    }

    private static Position further() {
        return new Position(
                POSITION.origin(),
                Contracts.SOME,
                new Lsn(POSITION.lsn().value() + 1),
                POSITION.committedAt(),
                POSITION.updatedAt());
    }

    private String identity() {
        String info = raw.redis.info();
        return field(info, "run_id") + ":" + field(info, "master_replid");
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
