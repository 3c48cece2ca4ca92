// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Reason;
import dev.freshet.devservices.fault.HttpStub;
import dev.freshet.devservices.fault.HttpStub.Asked;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is purged, when, and what waits for it; over real HTTP. */
class HttpPurgeCacheTest {
    private HttpStub server;
    private Purged purged;

    @BeforeEach
    void start() throws IOException {
        server = new HttpStub();
        purged = new Purged(server);
    }

    @AfterEach
    void stop() {
        purged.close();
        server.close();
    }

    @Test
    void whatIsEvictedIsPurged() throws Exception {
        purged.store.write("item:1");
        purged.cache.evict(List.of(
                new Eviction.OfKey("item:1", Reason.OWN, null),
                new Eviction.OfTag(Isolate.of("u1"), new Tag("task:7/inherited"), Reason.INHERITED, null)));
        assertThat(purged.store.has("item:1")).isFalse();
        purged.publish(1);
        purged.awaitAcknowledgeable(1);
        assertThat(keys()).containsExactly("item:1", "task:7/inherited");
        assertThat(purged.count("keys")).isEqualTo(2);
    }

    /** Else it would be filled from there again. */
    @Test
    void whatTheCacheDidNotTakeIsNotPurged() throws Exception {
        purged.fail(new IllegalStateException("the evictor is closed"));
        assertThatThrownBy(() -> purged.evict("item:1")).hasMessage("the evictor is closed");
        assertThatThrownBy(() -> purged.cache.purge(List.of(), (fenceSets, keys) -> {}))
                .hasMessage("the evictor is closed");
        purged.fail(null);
        purged.evict("item:2");
        purged.publish(1);
        purged.awaitAcknowledgeable(1);
        assertThat(keys()).containsExactly("item:2");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsAcceptedAndThePositionDoesNotWait() throws Exception {
        server.answer(503);
        purged.evict("item:1");
        assertThat(purged.publish(1)).isTrue();
        purged.evict("item:2");
        assertThat(purged.publish(2)).isTrue();
        purged.awaitFailures(3);
        assertThat(purged.isAcknowledgeable(1)).isFalse();

        server.accept();
        purged.awaitAcknowledgeable(2);
        assertThat(keys()).contains("item:1", "item:2");
    }

    @Test
    void whatEvictedNothingIsAcknowledgedAtOnce() throws Exception {
        purged.publish(1);
        assertThat(purged.isAcknowledgeable(1)).isTrue();
    }

    /** What a batch publishes is not all that may be acknowledged. */
    @Test
    void noMoreIsAcknowledgedThanWasAskedFor() throws Exception {
        purged.publish(5);
        assertThat(purged.isAcknowledgeable(3)).isTrue();
    }

    enum Once {
        PURGE {
            @Override
            void in(Purged purged) throws InterruptedException {
                purged.cache.purge(List.of("item:*"), (fenceSets, keys) -> {});
            }
        },
        CHANGED_MAPPING {
            @Override
            void in(Purged purged) throws InterruptedException {
                purged.evictByPattern(Reason.MAPPING_CHANGED);
            }
        },
        FAILOVER {
            @Override
            void in(Purged purged) throws InterruptedException {
                purged.cache.dropFenceSets();
                purged.evict("item:1");
            }
        };

        abstract void in(Purged purged) throws InterruptedException;
    }

    /** If it stopped after the position were published, it would begin behind it. */
    @ParameterizedTest
    @EnumSource
    void whatDoesNotComeAgainIsAcceptedBeforeThePositionIsPublished(Once what) throws Exception {
        server.answer(500);
        what.in(purged);
        FutureTask<Boolean> publishing = purged.publishing(1);
        purged.awaitFailures(3);
        assertThat(publishing.isDone()).isFalse();
        assertThat(purged.cache.masters().position()).isEmpty();

        server.accept();
        assertThat(publishing.get()).isTrue();
        assertThat(purged.cache.masters().position()).isPresent();

        server.answer(500);
        purged.evict("item:2");
        assertThat(purged.publish(2)).as("a change comes again").isTrue();
    }

    @Test
    void aPatternAndAPurgePurgeEverything() throws Exception {
        purged.evictByPattern(Reason.TRUNCATED);
        purged.publish(1);
        purged.awaitAcknowledgeable(1);
        purged.cache.purge(List.of(), (fenceSets, keys) -> {});
        purged.publish(2);
        assertThat(server.asked()).hasSize(2).allMatch(asked -> asked.target().equals(Purged.SERVICE + "/purge_all"));
        assertThat(purged.count("everything")).isEqualTo(2);
    }

    /** All that was not acknowledged comes again. */
    @Test
    void aClaimForgetsWhatWaits() throws Exception {
        server.answer(503);
        purged.evict("item:1");
        purged.publish(7);
        purged.awaitFailures(1);
        assertThat(purged.cache.claim(new Claim(5, ""), Purged.OWNER, false)).isTrue();
        server.accept();
        await().atMost(PATIENCE).until(() -> purged.count("keys") == 1);
        assertThat(purged.isAcknowledgeable(7)).isFalse();

        server.answer(503);
        purged.evict("item:1");
        purged.publish(6);
        assertThat(purged.isAcknowledgeable(6)).isFalse();
        server.accept();
        purged.awaitAcknowledgeable(6);
        assertThat(purged.isAcknowledgeable(7)).isFalse();
    }

    @Test
    void requestsHaveAsManyKeysAsAreTaken() throws Exception {
        server.answer(429);
        purged.evict("first");
        purged.awaitFailures(1);
        String[] many = IntStream.range(0, 600).mapToObj(i -> "item:" + i).toArray(String[]::new);
        purged.evict(many);
        purged.publish(1);
        server.accept();
        purged.awaitAcknowledgeable(1);
        assertThat(keys()).contains(many);
        assertThat(server.asked()).allMatch(asked -> keysOf(asked).size() <= PurgeKind.FASTLY.mostKeys());
        assertThat(server.asked().stream().filter(asked -> keysOf(asked).size() > 1))
                .hasSize(3);
    }

    @Test
    void aKeyThatCanBeOnNoAnswerIsNotSent() throws Exception {
        purged.evict("x".repeat(1025), "item:1");
        purged.publish(1);
        purged.awaitAcknowledgeable(1);
        assertThat(keys()).containsExactly("item:1");
        assertThat(purged.count("skipped")).isEqualTo(1);
    }

    @Test
    void whoWaitsWhenItIsClosedIsTold() throws Exception {
        server.answer(503);
        purged.cache.purge(List.of(), (fenceSets, keys) -> {});
        FutureTask<Boolean> publishing = purged.publishing(1);
        purged.close();
        assertThatThrownBy(publishing::get).hasRootCauseInstanceOf(IllegalStateException.class);
        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("freshet-http-purge")));
    }

    private List<String> keys() {
        var all = new ArrayList<String>();
        server.asked().forEach(asked -> all.addAll(keysOf(asked)));
        return all.stream().distinct().toList();
    }

    private static List<String> keysOf(Asked asked) {
        String body = asked.body();
        int begin = body.indexOf('[');
        return begin < 0
                ? List.of()
                : List.of(body.substring(begin + 2, body.lastIndexOf(']') - 1).split("\",\""));
    }
}
