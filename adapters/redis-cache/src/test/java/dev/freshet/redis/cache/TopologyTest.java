// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.core.cache.Holder;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.plan.Eviction;
import dev.freshet.devservices.RawRedis;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import dev.freshet.redis.RedisAddress;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What spans all owners, and so all masters; the same in every topology of Redis. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class TopologyTest extends OnServers {
    private static final int OWNERS = 50;
    private static final Position.Origin ORIGIN = new Position.Origin("7", 1, "app", "s", "p", 1);

    TopologyTest(Servers servers) {
        super(servers);
    }

    @Test
    void oneBatchEvictsTagsAndKeysOfManyOwners() throws Exception {
        fillAll();
        var evictions = new ArrayList<Eviction>();
        for (int owner = 0; owner < OWNERS; owner++) {
            raw.redis.set("profile:" + owner, "x");
            evictions.add(Evictions.tag(owner(owner), "task:1"));
            evictions.add(Evictions.key("profile:" + owner));
        }
        IntStream.range(0, 2000).forEach(i -> evictions.add(Evictions.key("nothing:" + i)));
        var report = evictor.evict(evictions);
        assertThat(report.entries()).isEqualTo(OWNERS);
        assertThat(report.keys()).isEqualTo(OWNERS);
        assertThat(raw.redis.keys("profile:*")).isEmpty();
        assertThat(raw.redis.keys("ctx:{*}:task:1:own")).isEmpty();
        assertThat(raw.redis.keys("ctx:{*}:project:1:own")).hasSize(OWNERS);
    }

    @Test
    void globsReachEveryMaster() throws Exception {
        fillAll();
        IntStream.range(0, 2500).forEach(i -> raw.redis.set("customer:" + i, "x"));
        var refused = cache.get(key(1, "task", "9"), () -> {
            var report = evictor.evict(List.of(Evictions.tags("task:*"), Evictions.keys("customer:*")));
            assertThat(report.entries()).isEqualTo(OWNERS);
            assertThat(report.keys()).isEqualTo(2500);
            return loaded("task:9");
        });
        assertThat(refused.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.keys("ctx:{*}:task:*")).isEmpty();
        assertThat(raw.redis.keys("ctx:{*}:project:*")).hasSize(OWNERS);
        assertThat(raw.redis.keys("customer:*")).isEmpty();
    }

    @Test
    void aPurgeEmptiesTheNamespaceOnEveryMasterAndNothingElse() throws Exception {
        fillAll();
        raw.redis.set("other", "x");
        raw.redis.set("ctx2:{u1}:task:1:own", "x");
        var refused = cache.get(key(1, "task", "9"), () -> {
            var progress = new ArrayList<Long>();
            evictor.purge(List.of(), (fenceSets, keys) -> {
                assertThat(keys == 0 || fenceSets == OWNERS).isTrue();
                progress.add(keys);
            });
            // Two entries and two tags' sets an owner.
            assertThat(progress).endsWith(4L * OWNERS);
            return loaded("task:9");
        });
        assertThat(refused.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.keys("*"))
                .filteredOn(key -> !key.startsWith("ctx:~position"))
                .containsExactlyInAnyOrder("other", "ctx2:{u1}:task:1:own");
    }

    @Test
    void thePositionStandsOnEveryMasterUntilItIsWithdrawn() throws Exception {
        var asked = evictor.masters();
        assertThat(asked.all()).hasSameSizeAs(servers.masters());
        assertThat(asked.position()).isEmpty();
        assertThat(publish(0x1_0000_0002L, asked, asked)).isTrue();
        assertThat(evictor.masters().all())
                .allSatisfy(master -> assertThat(master.position()).isPresent());
        var now = evictor.masters();
        assertThat(now.publishedHere()).isTrue();
        assertThat(now.position()).map(Position::lsn).contains(new Lsn(0x1_0000_0002L));
        evictor.withdraw();
        var withdrawn = evictor.masters();
        assertThat(withdrawn.position()).isEmpty();
        assertThat(withdrawn.all())
                .allSatisfy(master -> assertThat(master.holder()).contains(new Holder(ORIGIN, Contracts.ALL)));

        // Nor does a purge leave readers without a word of whose namespace it is.
        evictor.purge(List.of(), (fenceSets, keys) -> {});
        assertThat(evictor.masters().holders()).containsExactly(new Holder(ORIGIN, Contracts.ALL));
    }

    @Test
    void aPositionIsNotPublishedWhereAMasterIsAnother() throws Exception {
        var asked = evictor.masters();
        var others = new ArrayList<>(asked.all());
        var last = others.remove(others.size() - 1);
        others.add(
                new Master(last.key(), "another", last.micros(), last.position(), last.holder(), last.publishedOn()));
        assertThat(publish(1, new Masters(others), asked)).isFalse();
        assertThat(evictor.masters().position()).isEmpty();
    }

    @Test
    void aPositionIsNotPublishedWhereThereIsAnotherMaster() throws Exception {
        var asked = evictor.masters();
        var before = asked.all().subList(1, asked.all().size());
        assertThat(publish(1, new Masters(before), asked)).isFalse();
        assertThat(evictor.masters().position()).isEmpty();
    }

    @Test
    void processesThatBeganAtOnePlaceAndWereNotHeardOfAgainAreCounted() throws Exception {
        assertThat(lost("a", "5")).isZero();
        assertThat(lost("a", "5")).as("the same process").isZero();
        assertThat(lost("b", "5")).isEqualTo(1);
        assertThat(lost("b", "5")).as("once more, as a script may be").isEqualTo(1);
        evictor.endReading("a");
        assertThat(lost("c", "5")).as("a lives, b did not end").isEqualTo(1);
        evictor.endReading("c");
        assertThat(lost("d", "5")).as("c ended as told").isEqualTo(1);
        assertThat(lost("e", "5")).isEqualTo(2);
        assertThat(evictor.beginReading("f", "5", 9, false)).isEqualTo(new Losses(3, 3));
        assertThat(lost("f", "5")).as("once more").isEqualTo(3);
        assertThat(lost("g", "6")).as("another place").isZero();
        assertThat(lost("h", "6")).isEqualTo(1);
        assertThat(evictor.beginReading("h", "7", 6, false)).as("another place").isEqualTo(new Losses(0, 6));
        assertThat(evictor.beginReading("i", "7", 3, false))
                .as("what was enough there stands")
                .isEqualTo(new Losses(1, 6));
    }

    @Test
    void processesThatLiveAreNeverManyHoweverOftenTheyTakeTurns() throws Exception {
        for (int turn = 0; turn < 10; turn++) {
            assertThat(lost("a", "5")).isLessThanOrEqualTo(1);
            assertThat(lost("b", "5")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whoeverWasToldOfEnoughMayHaveThemCountedAnew() throws Exception {
        for (var process : List.of("a", "b", "c", "d")) {
            lost(process, "5");
        }
        assertThat(evictor.beginReading("e", "5", 3, true).processes())
                .as("nobody was told")
                .isEqualTo(4);
        evictor.endReading("e");
        assertThat(lost("f", "5")).isEqualTo(4);
        evictor.endReading("f");
        assertThat(evictor.beginReading("g", "5", 3, true).processes()).isZero();
    }

    @Test
    void aProcessThatIsInterruptedTakesItsNoteBackAllTheSame() throws Exception {
        lost("a", "5");
        Thread.currentThread().interrupt();
        evictor.endReading("a");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lost("b", "5")).isZero();
    }

    private int lost(String process, String place) throws InterruptedException {
        return evictor.beginReading(process, place, 3, false).processes();
    }

    @Test
    void levelsAreProvedByThePositionBesideTheEntry() throws Exception {
        fillAll();
        for (int owner = 0; owner < OWNERS; owner++) {
            assertThat(status(owner, Consistency.eventual())).isEqualTo(CacheStatus.HIT);
            assertThat(status(owner, Consistency.session(WalPosition.of("1/2"))))
                    .isEqualTo(CacheStatus.BEHIND);
            assertThat(status(owner, Consistency.bounded(Duration.ofHours(1)))).isEqualTo(CacheStatus.BEHIND);
        }
        var asked = evictor.masters();
        assertThat(publish(0x1_0000_0002L, asked, asked)).isTrue();
        for (int owner = 0; owner < OWNERS; owner++) {
            assertThat(status(owner, Consistency.session(WalPosition.of("1/2"))))
                    .isEqualTo(CacheStatus.HIT);
            assertThat(status(owner, Consistency.session(WalPosition.of("1/3"))))
                    .isEqualTo(CacheStatus.BEHIND);
            assertThat(status(owner, Consistency.bounded(Duration.ofHours(1)))).isEqualTo(CacheStatus.HIT);
        }
    }

    @Test
    void theDeployedUsersOfRedisSuffice() throws Exception {
        for (var master : servers.masters()) {
            setUser(master, "reader", "READER");
            setUser(master, "invalidator", "INVALIDATOR");
        }
        try (var reader = cacheBuilder().credentials("reader", "s3cret").build();
                var user = new Evictor(
                        new EvictorSettings(
                                RedisAddress.parse(servers.uri()).as("invalidator", "s3cret"), new CacheKeys("ctx")),
                        new SimpleMeterRegistry())) {
            var asked = user.masters();
            assertThat(user.publish(
                            new Position(ORIGIN, Contracts.ALL, new Lsn(5), Instant.EPOCH, Instant.EPOCH),
                            asked,
                            asked))
                    .isTrue();
            for (int owner = 0; owner < OWNERS; owner++) {
                assertThat(reader.get(key(owner, "task", "1"), () -> loaded("task:1"))
                                .status())
                        .isEqualTo(CacheStatus.MISS);
                assertThat(reader.at(Consistency.session(WalPosition.of("0/5")))
                                .get(key(owner, "task", "1"), () -> loaded("task:1"))
                                .status())
                        .isEqualTo(CacheStatus.HIT);
            }
            assertThat(user.evict(List.of(Evictions.tag(owner(1), "task:1"), Evictions.tags("task:*")))
                            .entries())
                    .isEqualTo(OWNERS);
            user.withdraw();
            user.purge(List.of(), (fenceSets, keys) -> {});
            assertThat(raw.redis.keys("*")).allMatch(key -> key.startsWith("ctx:~position"));
        }
    }

    private static void setUser(String uri, String name, String secret) throws IOException {
        var rules = Files.readAllLines(Path.of("../../deploy/redis/users.acl")).stream()
                .filter(user -> user.startsWith("user " + name + " "))
                .findFirst()
                .orElseThrow()
                .replace("#@" + secret + "_SHA256@", ">s3cret")
                .replace("@NAMESPACE@", "ctx")
                // Since Redis 7.2; what is said with it is not needed.
                .replace(" +client|setinfo", "")
                .replace("user ", "");
        try (var node = new RawRedis(uri)) {
            var args = new CommandArgs<>(StringCodec.UTF8).add("SETUSER");
            for (var rule : rules.split(" ")) {
                args.add(rule);
            }
            node.redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), args);
        }
    }

    private boolean publish(long lsn, Masters on, Masters heldAt) throws InterruptedException {
        return evictor.publish(
                new Position(ORIGIN, Contracts.ALL, new Lsn(lsn), Instant.EPOCH, Instant.EPOCH), on, heldAt);
    }

    private CacheStatus status(int owner, Consistency consistency) throws InterruptedException {
        return cache.at(consistency)
                .get(key(owner, "project", "1"), () -> loaded("project:1"))
                .status();
    }

    private void fillAll() throws InterruptedException {
        for (int owner = 0; owner < OWNERS; owner++) {
            cache.get(key(owner, "task", "1"), () -> loaded("task:1"));
            assertThat(cache.get(key(owner, "project", "1"), () -> loaded("project:1"))
                            .status())
                    .isEqualTo(CacheStatus.MISS);
        }
        for (var master : servers.masters()) {
            try (var one = new RawRedis(master)) {
                assertThat(one.redis.keys("*")).anyMatch(key -> !key.startsWith("ctx:~position"));
            }
        }
    }

    private static EntryKey<String> key(int owner, String entity, String id) {
        return CacheView.json(entity, "own").key(id).in(owner(owner));
    }

    private static Isolate owner(int owner) {
        return Isolate.of("u" + owner);
    }

    private static Loaded<String> loaded(String tag) {
        return Loaded.of("1", List.of(new Tag(tag)));
    }
}
