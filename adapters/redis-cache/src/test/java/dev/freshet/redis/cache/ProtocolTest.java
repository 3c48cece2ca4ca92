// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers and invalidator together, on the real scripts; the same in every topology of Redis. */
abstract class ProtocolTest extends OnServers {
    private static final Isolate U1 = Isolate.of("u1");
    private static final Isolate U2 = Isolate.of("u2");
    private static final EntryKey<String> KEY =
            CacheView.json("task", "resolved").key("42").in(U1);
    private static final String ENTRY = "ctx:{u1}:task:42:resolved";
    private static final String FENCES = "ctx:{u1}:~fences";

    ProtocolTest(Servers servers) {
        super(servers);
    }

    @Test
    void whatWasFilledIsGoneAfterItsTagWasInvalidated() throws Exception {
        assertThat(read("1", "task:42", "branch:7/inherited")).isEqualTo(CacheStatus.MISS);
        var report = evictor.evict(List.of(Evictions.tag(U1, "branch:7/inherited")));
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(report.entries()).isEqualTo(1);
        assertThat(report.evicted()).singleElement().satisfies(gone -> {
            assertThat(gone.names()).containsExactly(ENTRY);
            assertThat(gone.count()).isEqualTo(1);
        });
        assertThat(read("2", "task:42", "branch:7/inherited")).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aStaleSetIsRefused() throws Exception {
        var result = cache.get(KEY, () -> {
            evictor.evict(List.of(Evictions.tag(U1, "task:42")));
            return loaded("\"old\"", "task:42");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void aDescendantThatIsBeingLoadedIsRefusedWhenAnAncestorChanges() throws Exception {
        var result = cache.get(KEY, () -> {
            evictor.evict(List.of(Evictions.tag(U1, "project:3/inherited")));
            return loaded("1", "task:42", "branch:7/inherited", "project:3/inherited", "global:u1/inherited");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
    }

    @Test
    void anUnrelatedChangeRefusesNothing() throws Exception {
        var result = cache.get(KEY, () -> {
            evictor.evict(List.of(Evictions.tag(U1, "task:43"), Evictions.tag(U2, "task:42")));
            return loaded("1", "task:42");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aNegativeEntryGoesWhenTheRowAppears() throws Exception {
        cache.get(KEY, () -> Loaded.absent(tags("task:42")));
        assertThat(read("1", "task:42")).isEqualTo(CacheStatus.HIT);
        evictor.evict(List.of(Evictions.tag(U1, "task:42")));
        assertThat(read("1", "task:42")).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aNegativeFillIsRefusedWhenTheRowAppearsMeanwhile() throws Exception {
        var result = cache.get(KEY, () -> {
            evictor.evict(List.of(Evictions.tag(U1, "task:42")));
            return Loaded.absent(tags("task:42"));
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
    }

    @Test
    void anEvictionThatRedisForgotStillRefusesTheFill() throws Exception {
        var result = cache.get(KEY, () -> {
            evictor.evict(List.of(Evictions.tag(U1, "task:42")));
            raw.redis.del(FENCES);
            assertThat(cache.get(CacheView.json("task", "own").key("1").in(U1), () -> loaded("1", "task:1"))
                            .status())
                    .isEqualTo(CacheStatus.MISS);
            return loaded("\"old\"", "task:42");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
    }

    @Test
    void anEntryWhoseTagSetWasDroppedIsNotReadAfterItsTagWasInvalidated() throws Exception {
        read("\"old\"", "task:42", "branch:7/inherited");
        raw.redis.del("ctx:{u1}:~tag:branch:7/inherited");
        evictor.evict(List.of(Evictions.tag(U1, "branch:7/inherited")));
        assertThat(raw.redis.exists(ENTRY)).isOne();
        assertThat(read("\"new\"", "task:42", "branch:7/inherited")).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aFenceIsLaterThanEveryTokenBeforeItThoughTheClockStepsBack() throws Exception {
        // Tokens are an hour ahead of Redis' clock: it was set back.
        cache.get(KEY, () -> loaded("1", "task:42"));
        raw.redis.del(ENTRY);
        raw.redis.zadd(FENCES, System.currentTimeMillis() * 1000.0 + 3_600_000_000.0, "~clock");
        var result = cache.get(KEY, () -> {
            evictor.evict(List.of(Evictions.tag(U1, "task:42")));
            return loaded("\"old\"", "task:42");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(read("\"new\"", "task:42")).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aFenceIsLaterThanTheTokenBeforeItInTheSameMicrosecond() throws Exception {
        cache.get(KEY, () -> loaded("1", "task:42"));
        raw.redis.del(ENTRY);
        // Ahead of Redis' clock: no time passes for this owner but with its scripts.
        raw.redis.zadd(FENCES, System.currentTimeMillis() * 1000.0 + 3_600_000_000.0, "~clock");
        cache.get(KEY, () -> {
            double token = raw.redis.zscore(FENCES, "~clock");
            evictor.evict(List.of(Evictions.tag(U1, "task:42")));
            assertThat(raw.redis.zscore(FENCES, "task:42")).isGreaterThan(token);
            return loaded("\"old\"", "task:42");
        });
    }

    @Test
    void aTokenTakenRightAfterAFenceIsLaterThanIt() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(read("1", "task:42")).isEqualTo(CacheStatus.MISS);
            evictor.evict(List.of(Evictions.tag(U1, "task:42")));
        }
    }

    @Test
    void anInvalidationWithoutReadersLeavesNothingBehind() throws Exception {
        evictor.evict(List.of(Evictions.tag(U1, "task:42"), Evictions.tag(Isolate.SHARED, "country:1")));
        assertThat(raw.redis.keys("*")).allMatch(key -> key.startsWith("ctx:~position"));
    }

    @Test
    void anotherOwnersKeysAreNotTouched() throws Exception {
        var other = CacheView.json("task", "resolved").key("42").in(U2);
        cache.get(KEY, () -> loaded("1", "task:42"));
        cache.get(other, () -> loaded("2", "task:42"));
        var touched = new ConcurrentLinkedQueue<String>();
        try (var watch = new KeyWatch(servers.masters(), touched::add)) {
            evictor.evict(List.of(Evictions.tag(U1, "task:42"), Evictions.key(ENTRY), Evictions.tag(U1, "nothing:1")));
            watch.awaitAllBefore();
        }
        assertThat(touched).isNotEmpty().allMatch(key -> key.startsWith("ctx:{u1}:"));
        assertThat(cache.get(other, () -> loaded("3", "task:42")).value()).hasValue("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "a:b", "%", "\uD83D\uDE00", "", "~", "{u1}", "*", "[a]", "?", "\\"})
    void oddOwnersAreKeptApart(String odd) throws Exception {
        var owner = Isolate.of(odd);
        var key = CacheView.json("task", "own").key(odd).in(owner);
        var tag = Tag.row("task", List.of(odd));
        cache.get(KEY, () -> loaded("1", "task:42"));
        cache.get(key, () -> Loaded.of("\"odd\"", List.of(tag)));
        assertThat(evictor.evict(List.of(Evictions.tag(owner, tag.name()))).entries())
                .isEqualTo(1);
        assertThat(cache.get(key, () -> Loaded.of("\"odd\"", List.of(tag))).status())
                .isEqualTo(CacheStatus.MISS);
        assertThat(read("2", "task:42")).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void scriptsThatRedisForgotAreLoadedAgain() throws Exception {
        read("1", "task:42");
        raw.redis.scriptFlush();
        assertThat(evictor.evict(List.of(Evictions.tag(U1, "task:42"))).entries())
                .isEqualTo(1);
    }

    @Test
    void anEntryUnderTwoTagsCountsOnce() throws Exception {
        read("1", "task:42", "branch:7/inherited");
        var report = evictor.evict(List.of(Evictions.tag(U1, "task:42"), Evictions.tag(U1, "branch:7/inherited")));
        assertThat(report.entries()).isEqualTo(1);
        assertThat(report.asked()).isEqualTo(2);
    }

    private CacheStatus read(String json, String... tags) throws InterruptedException {
        return cache.get(KEY, () -> loaded(json, tags)).status();
    }

    private static Loaded<String> loaded(String json, String... tags) {
        return Loaded.of(json, tags(tags));
    }

    private static List<Tag> tags(String... names) {
        return Arrays.stream(names).map(Tag::new).toList();
    }
}
