// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final FreshetCacheBuilder builder = FreshetCache.builder();

    @Test
    void refusesBadSettingsAndNamesThem() {
        assertThatThrownBy(() -> builder.ttlJitter(1)).hasMessageContaining("ttlJitter 1.0");
        assertThatThrownBy(() -> builder.ttlJitter(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> builder.ttl(Duration.ZERO)).hasMessageContaining("ttl PT0S");
        assertThatThrownBy(() -> builder.absentTtl(Duration.ofNanos(1))).hasMessageContaining("absentTtl");
        assertThatThrownBy(() -> builder.maxValueBytes(0)).hasMessageContaining("maxValueBytes 0");
        assertThatThrownBy(() -> builder.namespace("Ctx")).hasMessageContaining("'Ctx'");
        assertThatThrownBy(() -> builder.credentials("u", "p")).hasMessageContaining("address of Redis");
        for (var time : List.of(Duration.ofMillis(99), Duration.ofSeconds(61))) {
            assertThatThrownBy(() -> builder.leases(time))
                    .hasMessageContaining("leases of " + time)
                    .hasMessageContaining("Duration.ofSeconds(2)");
        }
        assertThatThrownBy(() -> builder.failSafe(Duration.ZERO, 1)).hasMessageContaining("failSafe PT0S");
        assertThatThrownBy(() -> builder.failSafe(Duration.ofDays(2), 1)).hasMessageContaining("more than a day");
        assertThatThrownBy(() -> builder.failSafe(Duration.ofMinutes(1), 0)).hasMessageContaining("keeps nothing");
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("address of Redis is missing: call redis(")
                .hasMessageContaining("namespace is missing: call namespace(");
        assertThatThrownBy(() -> builder.redis("redis://localhost").build())
                .hasMessageContaining("namespace")
                .hasMessageNotContaining("address of Redis");
        assertThatThrownBy(() -> builder.namespace("ctx").warming(50, 2).build())
                .hasMessageContaining("warming needs a near cache")
                .hasMessageContaining("nearCache(64 << 20)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a]b", "a[b", "a\\b", "a b", "~fences", "a~", "é", "a\n"})
    void refusesTagsThatWouldNotStandInAnEntry(String tag) {
        assertThatThrownBy(() -> Loaded.of("1", Tags.of(tag))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Loaded.absent(Tags.of("ok", tag))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesValuesThatNothingCouldEvict() {
        var key = CacheView.json("task", "own").key(42);
        assertThatThrownBy(() -> Loaded.of("1", List.of())).hasMessageContaining("at least one tag");
        assertThatThrownBy(() -> Loaded.of("", Tags.of("a")).encoded(key)).hasMessageContaining("not JSON");
    }

    @Test
    void formatsAreCountedFromTwoAndGivenOnce() {
        var view = CacheView.json("task", "own");
        assertThat(view.format(2).name()).isEqualTo("own@2");
        assertThat(view.format(2))
                .isNotEqualTo(view)
                .isEqualTo(CacheView.of("task", "own", Codec.BYTES).format(2));
        assertThatThrownBy(() -> view.format(1))
                .hasMessageContaining("format 1")
                .hasMessageContaining("2 or more");
        assertThatThrownBy(() -> view.format(2).format(3)).hasMessageContaining("task/own@2 has a format already");
        assertThatThrownBy(() -> CacheView.json("task", "own@2")).hasMessageContaining("format(…)");
        assertThat(CacheView.json("task", "own@home").name()).isEqualTo("own@home");
    }

    @Test
    void idsArePrintedAsPostgresPrintsThem() {
        var id = UUID.fromString("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6");
        assertThat(CacheView.json("task", "own").key(7, -8L, "x", id).id())
                .containsExactly("7", "-8", "x", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        assertThatThrownBy(() -> CacheView.json("task", "own").key(1.5))
                .hasMessageContaining("java.lang.Double")
                .hasMessageContaining("as the text that PostgreSQL prints");
        assertThatThrownBy(() -> CacheView.json("task", "own").key("1", null)).hasMessageContaining("is null");
        assertThatThrownBy(() -> CacheView.json("task", "own").key()).hasMessageContaining("task/own has no part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~tag", "a:b", "a{", "a b", "é"})
    void refusesEntitiesAndViewsThatWouldLeaveTheirPlace(String name) {
        assertThatThrownBy(() -> CacheView.json(name, "own")).hasMessageContaining("entity '" + name + "'");
        assertThatThrownBy(() -> CacheView.json("task", name)).hasMessageContaining("view '" + name + "'");
    }

    @Test
    void resultsAndKeysDoNotPrintValues() {
        assertThat(new CacheResult<>("secret", CacheStatus.HIT, null)).hasToString("HIT, present");
        assertThat(new CacheResult<>(null, CacheStatus.MISS, null)).hasToString("MISS, absent");
        assertThat(CacheView.json("task", "own").key(42).ownedBy("secret")).hasToString("task:42:own");
    }

    @Test
    void addressesAreLoggedWithoutPasswords() {
        assertThat(RedisURI.create("redis://app:s3cret@localhost:6379").toString())
                .doesNotContain("s3cret");
        var later = RedisURI.create("redis://localhost:6379");
        later.setAuthentication("app", "s3cret");
        assertThat(later.toString()).doesNotContain("s3cret");
    }
}
