// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {
    @Test
    void takesTheUserFromTheUrlAndThePasswordFromTheEnvironment() {
        var settings = options("redis://reader@redis:6379").settings(environment("s3cret"));
        assertThat(settings.user()).isEqualTo("reader");
        assertThat(settings.password().reveal()).isEqualTo("s3cret");
        assertThat(settings).asString().isEqualTo("redis://redis:6379");
    }

    @Test
    void hasNeitherByDefault() {
        var settings = options("redis://redis:6379/1").settings(environment(""));
        assertThat(settings.url()).isEqualTo("redis://redis:6379/1");
        assertThat(settings.user()).isNull();
        assertThat(settings.password()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-sentinel://reader:s3cret@a:1,b:2#master",
                "redis-cluster://reader@a:1,b:2",
                "rediss-cluster://reader@a",
                "redis://reader:@[::1]:6379/2"
            })
    void takesTheAddressesOfEveryTopology(String url) {
        var settings = options(url).settings(environment(""));
        assertThat(settings.url()).isEqualTo(url);
        assertThat(settings.user()).isEqualTo("reader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis:6379", "http://:s3cret@redis", "redis://", "redis://s3cret:@ @"})
    void refusesWhatIsNoAddressOfRedisWithoutShowingIt(String url) {
        assertThatThrownBy(() -> options(url).settings(environment("")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_REDIS_URL is not a Redis address")
                .hasMessageNotContaining("s3cret");
    }

    private static RedisOptions options(String url) {
        var options = new RedisOptions();
        options.url = url;
        return options;
    }

    private static Environment environment(String password) {
        return new Environment(Map.of("FRESHET_REDIS_PASSWORD", password));
    }
}
