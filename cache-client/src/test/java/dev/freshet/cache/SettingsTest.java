// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.protocol.Isolate;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
        assertThatThrownBy(builder::build).hasMessageContaining("address of Redis is missing");
        assertThatThrownBy(() -> builder.redis("redis://localhost").build()).hasMessageContaining("namespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a]b", "a[b", "a\\b", "a b", "~fences", "a~", "é", "a\n"})
    void refusesTagsThatWouldNotStandInAnEntry(String tag) {
        assertThatThrownBy(() -> Loaded.of("1", Tags.of(tag))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Loaded.absent(Tags.of("ok", tag))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesValuesThatNothingCouldEvict() {
        assertThatThrownBy(() -> Loaded.of("1", List.of())).hasMessageContaining("at least one tag");
        assertThatThrownBy(() -> Loaded.of("", Tags.of("a"))).hasMessageContaining("not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~tag", "a:b", "a{", "a b", "é"})
    void refusesEntitiesAndViewsThatWouldLeaveTheirPlace(String name) {
        var owner = Isolate.of("u1");
        assertThatThrownBy(() -> EntryKey.of(owner, name, "1", "own")).hasMessageContaining("entity '" + name + "'");
        assertThatThrownBy(() -> EntryKey.of(owner, "task", "1", name)).hasMessageContaining("view '" + name + "'");
    }

    @Test
    void resultsAndKeysDoNotPrintValues() {
        var result = new CacheResult("\"secret\"".getBytes(StandardCharsets.UTF_8), CacheStatus.HIT, null);
        assertThat(result).hasToString("HIT, 8 bytes");
        assertThat(new CacheResult(null, CacheStatus.MISS, null)).hasToString("MISS, absent");
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
