// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisOptionsTest {
    @Test
    void thePasswordOfTheEnvironmentGoesToTheParserWithTheUrl() {
        assertThat(options("redis://reader@redis:6379")
                        .settings(environment("s3cret"))
                        .<String>parsed((url, password) -> url + " " + password))
                .isEqualTo("redis://reader@redis:6379 s3cret");
        assertThat(options("redis://redis:6379/1")
                        .settings(environment(""))
                        .<String>parsed((url, password) -> url + " " + password))
                .isEqualTo("redis://redis:6379/1 null");
    }

    @Test
    void whatTheParserRefusesIsASettingThatCannotBeUsed() {
        var settings = options("http://:s3cret@redis").settings(environment("s3cret"));
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> settings.parsed((url, password) -> {
                    throw new IllegalArgumentException("the address is wrong");
                }))
                .isInstanceOf(ConfigException.class)
                .hasMessage("FRESHET_REDIS_URL: the address is wrong")
                .hasNoCause();
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
