// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.TooManyLoadsException;
import dev.freshet.cache.WalPosition;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.cache.view.TagOf;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeFreshetTest {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> KEY = TASK.key(42).ownedBy("u1");
    private static final Consistency YOUNG = Consistency.bounded(Duration.ofSeconds(10));

    private final AtomicInteger loads = new AtomicInteger();
    private final FakeFreshet freshet = FakeFreshet.of("ctx", "task", "branch", "branch/inherited", "branch/task");
    private final FreshetCache cache = freshet.cache();

    @AfterEach
    void close() {
        freshet.close();
    }

    @Test
    void aValueIsLoadedOnceAndThenThere() {
        assertThat(read()).isEqualTo(CacheStatus.MISS);
        assertThat(read()).isEqualTo(CacheStatus.HIT);
        assertThat(loads).hasValue(1);
        assertThat(freshet.cache()).isSameAs(cache);
    }

    @Test
    void aTestSeesEntriesAndTheirTags() {
        cache.get(
                KEY,
                () -> Loaded.of("{\"n\":\"é\"}")
                        .and(TagOf.inherited("branch", 7))
                        .at("0/5", "1:1:"));
        cache.get(TASK.key("x,y"), Loaded::absent);
        assertThat(freshet.entries()).hasSize(2);
        assertThat(freshet.entry(KEY)).hasValueSatisfying(entry -> {
            assertThat(entry.key()).isEqualTo("ctx:{u1}:task:42:own");
            assertThat(entry.owner()).isEqualTo(Isolate.of("u1"));
            assertThat(entry.row()).isEqualTo(new Tag("task:42"));
            assertThat(entry.view()).isEqualTo("own");
            assertThat(entry.tags()).containsExactly(new Tag("task:42"), new Tag("branch:7/inherited"));
            assertThat(entry.json()).hasValue("{\"n\":\"é\"}");
            assertThat(entry.position()).hasValue("0/5");
            assertThat(entry.timeToLive()).isBetween(Duration.ofSeconds(200), Duration.ofSeconds(331));
        });
        assertThat(freshet.entry(TASK.key("x,y")))
                .hasValueSatisfying(entry -> assertThat(entry.json()).isEmpty());
        assertThat(freshet.entry(TASK.key(1))).isEmpty();
    }

    @Test
    void anEvictedTagTakesItsEntriesOfThatOwnerAlong() {
        var other = TASK.key(42).ownedBy("u2");
        read();
        read(other);
        freshet.evict(Isolate.of("u1"), TagOf.row("task", 42));
        assertThat(freshet.entries()).extracting(FakeEntry::owner).containsExactly(Isolate.of("u2"));
        freshet.evict(TagOf.row("task", 42));
        assertThat(freshet.entries()).isEmpty();
    }

    @Test
    void whatIsEvictedDuringALoadIsNotStored() {
        var shared = TASK.key(42);
        for (var key : List.of(KEY, shared)) {
            var result = cache.get(key, () -> {
                freshet.evictRow("task", 42);
                return Loaded.of("1");
            });
            assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        }
        assertThat(freshet.entries()).isEmpty();
    }

    @Test
    void anEvictedRowTakesAlongWhatInheritsFromItAndItsLists() {
        cache.get(KEY, () -> Loaded.of("1").and(TagOf.inherited("branch", 7)));
        cache.get(CacheView.json("branch", "tasks").listOf("task").key(7), () -> Loaded.of("[]"));
        cache.get(CacheView.json("branch", "own").key(8), () -> Loaded.of("1"));
        freshet.evictRow("branch", 7);
        assertThat(freshet.entries()).extracting(FakeEntry::row).containsExactly(new Tag("branch:8"));
        assertThatThrownBy(() -> freshet.evictRow("brunch", 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("brunch", "tags: true");
    }

    @Test
    void aDroppedEntryIsAMissAndEverythingEvictedRefusesWhatIsBeingLoaded() {
        read();
        freshet.drop(KEY);
        assertThat(read()).isEqualTo(CacheStatus.MISS);
        freshet.drop(KEY);
        var result = cache.get(KEY, () -> {
            freshet.evictAll();
            return Loaded.of("1");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(read()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void aTagThatNobodyEvictsIsNotStored() {
        var result = cache.get(KEY, () -> Loaded.of("1").and(TagOf.row("org", 1)));
        assertThat(result.status()).isEqualTo(CacheStatus.UNCOVERED);
        assertThat(cache.uncached()).hasValueSatisfying(why -> assertThat(why).contains("org"));
    }

    @Test
    void aSessionNeedsThePosition() {
        var session = Consistency.session(WalPosition.of("0/2"));
        read();
        assertThat(read(session)).isEqualTo(CacheStatus.BEHIND);
        freshet.publish("0/2");
        assertThat(read(session)).isEqualTo(CacheStatus.HIT);
        assertThat(read(Consistency.strong())).isEqualTo(CacheStatus.BYPASS);
    }

    @Test
    void aBoundHoldsWhileTheInvalidatorKeepsUp() {
        read();
        freshet.advance(Duration.ofMinutes(1));
        assertThat(read(YOUNG)).isEqualTo(CacheStatus.HIT);
        freshet.stopInvalidator();
        freshet.advance(Duration.ofMinutes(1));
        assertThat(read(YOUNG)).isEqualTo(CacheStatus.BEHIND);
        assertThat(read()).isEqualTo(CacheStatus.HIT);
        freshet.startInvalidator();
        assertThat(read(YOUNG)).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void withoutAnInvalidatorNothingIsStoredOrTaken() {
        read();
        freshet.removeInvalidator();
        assertThat(read()).isEqualTo(CacheStatus.NO_INVALIDATOR);
        freshet.startInvalidator();
        assertThat(read()).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void withoutRedisTheLoaderAnswers() {
        read();
        freshet.loseRedis();
        assertThat(read()).isEqualTo(CacheStatus.BYPASS);
        assertThat(cache.isRedisAvailable()).isFalse();
        assertThatThrownBy(() -> cache.invalidate(Isolate.of("u1"), List.of(TagOf.told("weather", 1))))
                .isInstanceOf(FreshetCache.NotInvalidatedException.class);
        freshet.restoreRedis();
        assertThat(read()).isEqualTo(CacheStatus.HIT);
        freshet.emptyRedis();
        assertThat(read()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void entriesExpireAndSlowLoadsAreTooOld() {
        read();
        freshet.advance(Duration.ofMinutes(6));
        assertThat(read()).isEqualTo(CacheStatus.MISS);
        freshet.drop(KEY);
        var result = cache.get(KEY, () -> {
            freshet.advance(Duration.ofMinutes(3));
            return Loaded.of("1");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
    }

    @Test
    void programsEvictWhatNoTableTellsOf() {
        var weather = TagOf.told("weather", "berlin");
        cache.get(KEY, () -> Loaded.of("1").and(weather));
        cache.invalidate(Isolate.of("u1"), List.of(weather));
        assertThat(read()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void twoShapesOfAValueAreTwoEntries() {
        read();
        assertThat(read(TASK.format(2).key(42).ownedBy("u1"))).isEqualTo(CacheStatus.MISS);
        freshet.evictRow("task", 42);
        assertThat(freshet.entries()).isEmpty();
    }

    @Test
    void severalKeysAreReadAtOnce() throws Exception {
        read();
        var other = TASK.key(43).ownedBy("u1");
        var results = cache.getAll(List.of(KEY, other), FakeFreshetTest::loadAll);
        assertThat(results.get(KEY).status()).isEqualTo(CacheStatus.HIT);
        assertThat(results.get(other).status()).isEqualTo(CacheStatus.MISS);
        assertThat(cache.getAsync(other, () -> Loaded.of("2")).get().status()).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void settingsAreThoseOfARealCache() {
        try (var limited = freshet.builder().maxLoads(1, Duration.ZERO).build()) {
            assertThatThrownBy(() -> limited.get(KEY, () -> {
                        limited.get(TASK.key(43), () -> Loaded.of("1"));
                        return Loaded.of("1");
                    }))
                    .isInstanceOf(TooManyLoadsException.class);
        }
    }

    @Test
    void aMappingSaysWhatIsEvicted(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("mapping.yaml"), """
                freshet: 1
                namespace: shop
                tags: true
                entities:
                  task: { table: task, id: id }
                  note: { table: note, id: id, tags: false }
                """);
        try (var shop = FakeFreshet.of(file)) {
            assertThat(shop.cache().get(TASK.key(1), () -> Loaded.of("1")).status())
                    .isEqualTo(CacheStatus.MISS);
            assertThat(shop.entries()).extracting(FakeEntry::key).containsExactly("shop:{~}:task:1:own");
            var note = CacheView.json("note", "own").key(1);
            assertThat(shop.cache().get(note, () -> Loaded.of("1")).status()).isEqualTo(CacheStatus.UNCOVERED);
        }
    }

    private static Map<EntryKey<String>, Loaded<String>> loadAll(List<EntryKey<String>> missing) {
        var loaded = new HashMap<EntryKey<String>, Loaded<String>>();
        missing.forEach(key -> loaded.put(key, Loaded.of("1")));
        return loaded;
    }

    private CacheStatus read() {
        return read(KEY);
    }

    private CacheStatus read(EntryKey<String> key) {
        return cache.get(key, this::load).status();
    }

    private CacheStatus read(Consistency level) {
        return cache.at(level).get(KEY, this::load).status();
    }

    private Loaded<String> load() {
        return Loaded.of("" + loads.incrementAndGet());
    }
}
