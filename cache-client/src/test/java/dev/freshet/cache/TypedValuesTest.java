// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.devservices.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Values with types: who gets which object, and what becomes of values that cannot be read. */
class TypedValuesTest extends CachesOnRedis {
    /** Mutable, so that it matters who shares it. */
    private static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names(List<String> names) {
            super(names);
        }
    }

    private static final Codec<Names> NAMES = new Codec<>() {
        @Override
        public byte[] encode(Names value) {
            return ("[\"" + String.join("\",\"", value) + "\"]").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Names decode(byte[] json) {
            var text = new String(json, StandardCharsets.UTF_8);
            if (!text.startsWith("[\"") || !text.endsWith("\"]")) {
                throw new IllegalStateException("not a list: " + text);
            }
            return new Names(List.of(text.substring(2, text.length() - 2).split("\",\"")));
        }
    };

    private static final EntryKey<Names> KEY =
            CacheView.of("task", "labels", NAMES).key(42).ownedBy("u1");
    private static final String ENTRY = "ctx:{u1}:task:42:labels";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TypedReads.class);
    private final FreshetCache cache;

    TypedValuesTest(RedisServer server) {
        super(server);
        cache = open(builder());
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void whoLoadedGetsTheObjectAndAllOthersOneOfTheirOwn() {
        var made = new Names(List.of("a", "b"));
        var first = cache.get(KEY, () -> Loaded.of(made, Tags.of("task:42")));
        assertThat(first.status()).isEqualTo(CacheStatus.MISS);
        assertThat(first.value()).containsSame(made);
        var second = cache.get(KEY, this::labels);
        assertThat(second.status()).isEqualTo(CacheStatus.HIT);
        assertThat(second.value()).contains(made);
        assertThat(second.value().orElseThrow()).isNotSameAs(made);
        assertThat(raw.redis.get(ENTRY)).isEqualTo("{\"tags\":[\"task:42\"],\"value\":[\"a\",\"b\"]}");
    }

    @Test
    void whoSharesALoadGetsAnObjectOfItsOwn() throws Exception {
        var gate = new CountDownLatch(1);
        var loading = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(2);
        try {
            var first = threads.submit(() -> cache.get(KEY, () -> {
                loading.countDown();
                gate.await();
                return labels();
            }));
            assertThat(loading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var waiter = new Thread[1];
            var second = threads.submit(() -> {
                waiter[0] = Thread.currentThread();
                return cache.get(KEY, this::labels);
            });
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> waiter[0] != null && waiter[0].getState() == Thread.State.WAITING);
            gate.countDown();
            var made = first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).value().orElseThrow();
            var shared =
                    second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).value().orElseThrow();
            assertThat(shared).isEqualTo(made).isNotSameAs(made);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatCannotBeReadIsLoadedAndStoredAnew() {
        for (int id = 1; id <= 2; id++) {
            var text = CacheView.json("task", "labels").key(id).ownedBy("u1");
            var typed = CacheView.of("task", "labels", NAMES).key(id).ownedBy("u1");
            cache.get(text, () -> Loaded.of("{\"secret\":1}", Tags.of("task:42")));
            var found = cache.get(typed, this::labels);
            assertThat(found.status()).isEqualTo(CacheStatus.MISS);
            assertThat(found.value()).contains(new Names(List.of("a")));
            assertThat(cache.get(typed, this::labels).status()).isEqualTo(CacheStatus.HIT);
        }
        assertThat(loads).hasValue(2);
        assertThat(meters.get("freshet.cache.unreadable").counter().count()).isEqualTo(2);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("task/labels", "IllegalStateException", "freshet.cache.unreadable")
                .doesNotContain("secret");
    }

    /** The fill of what replaces it is fenced as any other. */
    @Test
    void whatReplacesIsNotStoredIfItWentStaleMeanwhile() {
        cache.get(CacheView.json("task", "labels").key(42).ownedBy("u1"), () -> Loaded.of("1", Tags.of("task:42")));
        var found = cache.get(KEY, () -> {
            raw.redis.zadd("ctx:{u1}:~fences", 1e16, "task:42");
            return labels();
        });
        assertThat(found.status()).isEqualTo(CacheStatus.REFUSED);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    /** As while a deployment replaces one by the other: neither takes the other's entry away. */
    @Test
    void twoShapesOfAViewStandSideBySideAndAreEvictedTogether() {
        var old = CacheView.json("task", "own").key(42).ownedBy("u1");
        var next = CacheView.json("task", "own").format(2).key(42).ownedBy("u1");
        cache.get(old, () -> Loaded.of("1", Tags.of("task:42")));
        assertThat(cache.get(next, () -> Loaded.of("{\"n\":1}", Tags.of("task:42")))
                        .status())
                .isEqualTo(CacheStatus.MISS);
        for (int round = 0; round < 2; round++) {
            assertThat(cache.get(old, () -> Loaded.of("2", Tags.of("task:42"))).value())
                    .contains("1");
            assertThat(cache.get(next, () -> Loaded.of("2", Tags.of("task:42"))).value())
                    .contains("{\"n\":1}");
        }
        assertThat(raw.redis.smembers("ctx:{u1}:~tag:task:42"))
                .containsExactlyInAnyOrder("ctx:{u1}:task:42:own", "ctx:{u1}:task:42:own@2");
        raw.redis.del("ctx:{u1}:~tag:task:42");
        assertThat(cache.get(old, () -> Loaded.of("3", Tags.of("task:42"))).value())
                .contains("3");
        assertThat(cache.get(next, () -> Loaded.of("3", Tags.of("task:42"))).value())
                .contains("3");
    }

    @Test
    void aCodecThatFailsToWriteFailsTheReadAndNothingIsStored() {
        var failure = new IllegalStateException("cannot write");
        var broken = CacheView.of("task", "labels", new Codec<String>() {
            @Override
            public byte[] encode(String value) {
                throw failure;
            }

            @Override
            public String decode(byte[] json) {
                return "";
            }
        });
        var key = broken.key(42).ownedBy("u1");
        assertThatThrownBy(() -> cache.get(key, () -> Loaded.of("x", Tags.of("task:42"))))
                .isSameAs(failure);
        assertThat(raw.redis.exists(ENTRY)).isZero();
    }

    private Loaded<Names> labels() {
        loads.incrementAndGet();
        return Loaded.of(new Names(List.of("a")), Tags.of("task:42"));
    }
}
