// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.CacheResult;
import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@WithRedis
class ReactorReadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final EntryKey<String> KEY = TASK.key(42).ownedBy("u1");

    private final AtomicInteger loads = new AtomicInteger();
    private final RawRedis raw;
    private final FreshetCache cache;
    private final ReactorReads reads;

    ReactorReadsTest(RedisServer server) {
        raw = new RawRedis(server.uri());
        cache = FreshetCache.builder()
                .redis(server.uri())
                .namespace("ctx")
                .commandTimeout(Duration.ofSeconds(30))
                .build();
        reads = ReactorReads.over(cache);
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        var kinds = Set.of("task");
        raw.promise("ctx", new Contract("nobody", "c0ffee", new Coverage(kinds, kinds)).fields());
    }

    @AfterEach
    void close() {
        cache.close();
        raw.close();
    }

    @Test
    void eachSubscriptionIsARead() {
        var mono = reads.get(KEY, () -> Loaded.of("v" + loads.incrementAndGet()));
        assertThat(loads).hasValue(0);
        assertThat(answer(mono).status()).isEqualTo(CacheStatus.MISS);
        assertThat(answer(mono).status()).isEqualTo(CacheStatus.HIT);
        assertThat(answer(mono).value()).hasValue("v1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void aMonoLoads() {
        var loader = Mono.fromSupplier(() -> Loaded.of("v" + loads.incrementAndGet()));
        assertThat(answer(reads.get(KEY, loader)).value()).hasValue("v1");
        assertThat(answer(reads.get(KEY, loader)).status()).isEqualTo(CacheStatus.HIT);
        assertThat(answer(ReactorReads.over(cache.at(Consistency.strong())).get(KEY, loader))
                        .value())
                .hasValue("v2");
    }

    @Test
    void whatLoadersThrowIsTheError() {
        var failure = new IOException("no database");
        var thrown = reads.get(KEY, () -> {
            throw failure;
        });
        assertThatThrownBy(() -> answer(thrown)).hasCause(failure);
        assertThatThrownBy(() -> answer(reads.get(KEY, Mono.<Loaded<String>>error(failure))))
                .hasCause(failure);
        assertThat(answer(reads.get(KEY, Mono.<Loaded<String>>empty())
                        .map(CacheResult::toString)
                        .onErrorResume(NullPointerException.class, e -> Mono.just(e.getMessage()))))
                .contains("Loaded.absent");
    }

    @Test
    void severalKeysAreLoadedAtOnce() {
        var other = TASK.key(43).ownedBy("u1");
        var found = answer(reads.getAll(List.of(KEY, other), missing -> {
            loads.incrementAndGet();
            return Map.of(KEY, Loaded.of("1"), other, Loaded.absent());
        }));
        assertThat(found.get(KEY).value()).hasValue("1");
        assertThat(found.get(other).isPresent()).isFalse();
        assertThat(loads).hasValue(1);
    }

    private static <R> R answer(Mono<R> mono) {
        return mono.block(PATIENCE);
    }
}
