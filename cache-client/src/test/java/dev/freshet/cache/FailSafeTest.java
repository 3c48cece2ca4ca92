// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered when loads fail. */
@WithRedis
class FailSafeTest {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> KEY = TASK.key("42").ownedBy("u1");
    private static final EntryKey<String> OTHER = TASK.key("43").ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:own";
    private static final Duration LONG = Duration.ofHours(1);

    private final RedisServer server;
    private final RawRedis raw;
    private FreshetCache cache;

    FailSafeTest(RedisServer server) {
        this.server = server;
        this.raw = new RawRedis(server.uri());
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Contracts.promise(raw);
        cache = cache(LONG);
    }

    @AfterEach
    void close() {
        cache.close();
        raw.close();
    }

    @Test
    void theLastValueIsAnsweredAndMarkedAndNotStored() throws Exception {
        var loaded = cache.get(KEY, () -> value("1"));
        assertThat(loaded.status()).isEqualTo(CacheStatus.MISS);
        assertThat(loaded.age()).isEmpty();
        long before = System.nanoTime();
        raw.redis.unlink(ENTRY);
        long asked = System.nanoTime();
        var stale = failing(cache);
        assertThat(stale.status()).isEqualTo(CacheStatus.STALE);
        assertThat(stale.value()).hasValue("1");
        assertThat(stale.age().orElseThrow()).isBetween(Duration.ofNanos(asked - before), LONG);
        assertThat(raw.redis.exists(ENTRY)).isZero();
        assertThat(cache.get(KEY, () -> value("2")).value()).hasValue("2");
        raw.redis.unlink(ENTRY);
        assertThat(failing(cache).value()).hasValue("2");
    }

    /** It would be stored as part of a value that is not marked. */
    @Test
    void aLoadTakesNoStaleAnswer() throws Exception {
        cache.get(OTHER, () -> value("1"));
        raw.redis.unlink("ctx:{u1}:task:43:own");
        assertThatThrownBy(() -> cache.get(KEY, () -> {
                    var part = cache.get(OTHER, () -> {
                        throw new IOException("away");
                    });
                    return value(part.value().orElseThrow());
                }))
                .isInstanceOf(IOException.class);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    @Test
    void whatAnotherProcessStoredIsKeptOnceItWasRead() throws Exception {
        try (var another = cache(LONG)) {
            another.get(KEY, () -> value("1"));
        }
        assertThat(failing(cache).status()).isEqualTo(CacheStatus.HIT);
        raw.redis.unlink(ENTRY);
        assertThat(failing(cache).status()).isEqualTo(CacheStatus.STALE);
    }

    @Test
    void aValueIsAsOldAsItsLoadsBeginning() throws Exception {
        var took = new long[1];
        cache.get(KEY, () -> {
            long start = System.nanoTime();
            Thread.sleep(100);
            took[0] = System.nanoTime() - start;
            return value("1");
        });
        raw.redis.unlink(ENTRY);
        assertThat(failing(cache).age().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofNanos(took[0]));
    }

    @Test
    void itIsNoAnswerForLongerThanAllowed() throws Exception {
        try (var brief = cache(Duration.ofMillis(300))) {
            brief.get(KEY, () -> value("1"));
            raw.redis.unlink(ENTRY);
            await().atMost(PATIENCE).until(() -> {
                try {
                    assertThat(failing(brief).age().orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(300));
                    return false;
                } catch (IOException over) {
                    return true;
                }
            });
        }
    }

    @Test
    void otherLevelsFailAsBefore() throws Exception {
        cache.get(KEY, () -> value("1"));
        raw.redis.unlink(ENTRY);
        for (var level : List.of(
                Consistency.strong(),
                Consistency.bounded(Duration.ofHours(1)),
                Consistency.session(WalPosition.of("0/1")))) {
            assertThatThrownBy(() -> failing(cache.at(level))).hasMessage("no database");
            assertThatThrownBy(() -> failingAll(cache.at(level), List.of(KEY))).hasMessage("no database");
        }
    }

    @Test
    void ofSeveralKeysAllAreAnsweredOrNone() throws Exception {
        cache.get(KEY, () -> value("1"));
        raw.redis.unlink(ENTRY);
        assertThatThrownBy(() -> failingAll(cache, List.of(KEY, OTHER))).hasMessage("no database");
        cache.get(OTHER, () -> value("2"));
        var both = failingAll(cache, List.of(KEY, OTHER));
        assertThat(both.get(KEY).status()).isEqualTo(CacheStatus.STALE);
        assertThat(both.get(OTHER).status()).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void asynchronousReadsAreAnsweredToo() throws Exception {
        cache.get(KEY, () -> value("1"));
        raw.redis.unlink(ENTRY);
        assertThat(cache.getAsync(KEY, () -> {
                            throw new IOException("no database");
                        })
                        .join()
                        .status())
                .isEqualTo(CacheStatus.STALE);
        assertThatThrownBy(() -> cache.getAsync(OTHER, () -> {
                            throw new IOException("no database");
                        })
                        .join())
                .isInstanceOf(CompletionException.class);
    }

    /** So long ago level eventual did give it, whatever became of Redis since. */
    @Test
    void aPurgeDoesNotEndItAndNeitherDoesALostRedis() throws Exception {
        cache.get(KEY, () -> value("1"));
        raw.redis.flushall();
        assertThat(failing(cache).status()).isEqualTo(CacheStatus.STALE);
    }

    @Test
    void whatTheProgramItselfInvalidatedIsForgotten() throws Exception {
        cache.get(KEY, () -> value("1"));
        cache.invalidate(KEY.isolate(), Tags.of("task:42"));
        assertThatThrownBy(() -> failing(cache)).hasMessage("no database");
    }

    @Test
    void whatALoadBringsThatBeganBeforeAnInvalidationIsForgottenToo() throws Exception {
        for (var way : List.of(true, false)) {
            raw.redis.unlink(ENTRY);
            if (way) {
                cache.get(KEY, this::overtaken);
            } else {
                cache.getAll(List.of(KEY), keys -> Map.of(KEY, overtaken()));
            }
            assertThatThrownBy(() -> failing(cache)).hasMessage("no database");
        }
        cache.get(KEY, () -> value("2"));
        raw.redis.unlink(ENTRY);
        assertThat(failing(cache).value()).hasValue("2");
    }

    /** Nobody knows whether it was done: then it counts as done. */
    @Test
    void whatRedisDidNotConfirmIsForgottenToo() throws Exception {
        cache.get(KEY, () -> value("1"));
        cache.close();
        assertThatThrownBy(() -> cache.invalidate(KEY.isolate(), Tags.of("task:42")))
                .isInstanceOf(FreshetCache.NotInvalidatedException.class);
        assertThatThrownBy(() -> failing(cache)).hasMessage("no database");
    }

    private Loaded<String> overtaken() {
        cache.invalidate(KEY.isolate(), Tags.of("task:42"));
        return value("1");
    }

    private CacheResult<String> failing(CacheReads reads) throws IOException {
        return reads.get(KEY, () -> {
            throw new IOException("no database");
        });
    }

    private static Map<EntryKey<String>, CacheResult<String>> failingAll(CacheReads reads, List<EntryKey<String>> keys)
            throws IOException {
        return reads.getAll(keys, missing -> {
            throw new IOException("no database");
        });
    }

    private FreshetCache cache(Duration most) {
        return FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .failSafe(most, 1 << 20)
                .build();
    }

    private static Loaded<String> value(String json) {
        return Loaded.of(json, Tags.of("task:42"));
    }
}
