// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.spring.boot.CachesAutoConfiguration;
import dev.freshet.spring.boot.FreshetAutoConfiguration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

/** What the properties of leases and of failing loads do. */
@WithRedis
class LoadPropertiesTest {
    private final AtomicReference<Supplier<String>> load = new AtomicReference<>(() -> "pen");
    private final RawRedis raw;
    private final ApplicationContextRunner runner;

    LoadPropertiesTest(RedisServer redis) {
        raw = new RawRedis(redis.uri());
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CachesAutoConfiguration.class, FreshetAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withBean(Names.class, () -> new Names(load))
                .withPropertyValues(
                        "freshet.namespace=shop", "freshet.redis.url=" + redis.uri(), "freshet.command-timeout=30s");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Application {}

    static class Names {
        private final AtomicReference<Supplier<String>> load;

        Names(AtomicReference<Supplier<String>> load) {
            this.load = load;
        }

        @Cacheable("names")
        @CachedView(entity = "product")
        public String name(long id) {
            return load.get().get();
        }
    }

    @BeforeEach
    void empty() {
        raw.redis.flushall();
        Promise.give(raw);
    }

    @AfterEach
    void close() {
        raw.close();
    }

    private void run(Consumer<Names> calls, String... properties) {
        runner.withPropertyValues(properties).run(context -> {
            assertThat(context).hasNotFailed();
            calls.accept(context.getBean(Names.class));
        });
    }

    @Test
    void theLastValueIsAnsweredWhenTheMethodFailsIfThatIsAskedFor() {
        Consumer<Names> failing = names -> {
            load.set(() -> "pen");
            assertThat(names.name(1)).isEqualTo("pen");
            raw.redis.keys("shop:{~}:product:*").forEach(raw.redis::unlink);
            load.set(() -> {
                throw new IllegalStateException("no database");
            });
        };
        run(failing.andThen(names -> assertThat(names.name(1)).isEqualTo("pen")), "freshet.fail-safe.max-age=1m");
        run(failing.andThen(names -> assertThatThrownBy(() -> names.name(1)).hasMessage("no database")));
    }

    @Test
    void aLoadTakesALeaseIfThatIsAskedFor() {
        Supplier<String> seen =
                () -> "leases: " + raw.redis.keys("shop:{~}:~lease:*").size();
        load.set(seen);
        run(names -> assertThat(names.name(1)).isEqualTo("leases: 1"), "freshet.leases=2s");
        run(names -> assertThat(names.name(2)).isEqualTo("leases: 0"));
    }
}
