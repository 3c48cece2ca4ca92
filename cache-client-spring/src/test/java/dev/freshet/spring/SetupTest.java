// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.FreshetCache;
import dev.freshet.spring.boot.CachesAutoConfiguration;
import dev.freshet.spring.boot.FreshetAutoConfiguration;
import dev.freshet.spring.boot.FreshetProperties;
import dev.freshet.spring.read.Caches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.unit.DataSize;

/** What is wrong is told when the application starts: where, and what to write. No server answers here. */
class SetupTest {
    private static final String NOBODY = "redis://127.0.0.1:1";
    private static final FreshetCache WITHOUT_REDIS =
            FreshetCache.builder().redis(NOBODY).namespace("shop").build();

    private final ApplicationContextRunner anything = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CachesAutoConfiguration.class, FreshetAutoConfiguration.class))
            .withUserConfiguration(Caching.class);
    private final ApplicationContextRunner runner =
            anything.withBean(FreshetCache.class, () -> WITHOUT_REDIS).withPropertyValues("freshet.namespace=shop");

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    static class Nothing {}

    static class Undefined {
        @Cacheable("products")
        public Product product(long id) {
            return null;
        }
    }

    static class Put {
        @CachePut("products")
        @CachedView(entity = "product")
        public Product product(long id) {
            return null;
        }
    }

    static class Later {
        @Cacheable("products")
        @CachedView(entity = "product")
        public CompletableFuture<Product> product(long id) {
            return null;
        }
    }

    static class Untyped {
        @Cacheable("products")
        @CachedView(entity = "product")
        public List<?> product(long id) {
            return null;
        }
    }

    static class Several {
        @Cacheable("products")
        @CacheEvict("lists")
        @CachedView(entity = "product")
        public Product product(long id) {
            return null;
        }
    }

    static class Misnamed {
        @Cacheable("products")
        @CachedView(entity = "product", id = "number")
        public Product product(long id) {
            return null;
        }
    }

    static class Right {
        @Cacheable("products")
        @CachedView(entity = "product")
        public Product product(long id) {
            return new Product(id, "pen", 1, null);
        }

        @Cacheable("names")
        public String name(long id) {
            return "pen";
        }

        @CacheEvict(cacheNames = "products", allEntries = true)
        public void change() {}
    }

    private void refused(ApplicationContextRunner application, Class<?> bean, String... told) {
        application
                .withBean(bean)
                .run(context -> assertThat(setup(context.getStartupFailure()))
                        .satisfies(failure -> assertThat(failure.getMessage() + " " + failure.action())
                                .contains(told)));
    }

    private static FreshetSetupException setup(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FreshetSetupException found) {
                return found;
            }
        }
        throw new AssertionError("expected a failure of the set-up", failure);
    }

    @Test
    void aMethodWithoutTagsIsNamedWithWhatToWrite() {
        refused(
                runner,
                Undefined.class,
                "SetupTest$Undefined.product",
                "@CachedView(entity",
                "freshet.caches.products.entity");
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        refused(runner, Put.class, "@CachePut", "Put.product", "the commit evicts");
        refused(runner, Later.class, "CompletableFuture", "Later.product", "getAsync");
        refused(runner, Untyped.class, "Untyped.product", "List<Product>");
        refused(runner, Several.class, "Several.product", "one cache alone");
        refused(runner, Misnamed.class, "no parameter 'number'", "[id]");
    }

    @Test
    void aWrongPropertyIsNamed() {
        refused(
                runner.withPropertyValues("freshet.consistency=fresh"),
                Nothing.class,
                "freshet.consistency",
                "bounded; max-age");
        refused(anything, Nothing.class, "namespace", "freshet.mapping");
        var named = anything.withPropertyValues("freshet.namespace=shop");
        refused(named, Nothing.class, "where Redis is", "freshet.redis.url");
        refused(
                named.withPropertyValues("freshet.redis.url=" + NOBODY, "freshet.ttl-jitter=2"),
                Nothing.class,
                "freshet.ttl-jitter",
                "2.0");
        refused(
                runner.withPropertyValues("freshet.mapping=classpath:none.yaml"),
                Nothing.class,
                "freshet.mapping",
                "none.yaml");
    }

    @Test
    void leasesAndFailSafeAreOffUnlessTheyAreSet() {
        var named = anything.withPropertyValues("freshet.namespace=shop", "freshet.redis.url=" + NOBODY);
        named.run(context -> {
            var properties = context.getBean(FreshetProperties.class);
            assertThat(properties.leases()).isZero();
            assertThat(properties.failSafe().maxAge()).isZero();
            assertThat(properties.failSafe().size()).isEqualTo(DataSize.ofMegabytes(16));
        });
        named.withPropertyValues("freshet.leases=2s", "freshet.fail-safe.max-age=1m", "freshet.fail-safe.size=1MB")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FreshetCache.class));
        refused(named.withPropertyValues("freshet.leases=50ms"), Nothing.class, "freshet.leases", "100 ms to 1 minute");
        refused(
                named.withPropertyValues("freshet.fail-safe.max-age=2d"),
                Nothing.class,
                "freshet.fail-safe",
                "more than a day");
        refused(
                named.withPropertyValues("freshet.fail-safe.max-age=1m", "freshet.fail-safe.size=0B"),
                Nothing.class,
                "freshet.fail-safe",
                "keeps nothing");
    }

    @Test
    void aCacheMayBeDefinedByTheConfigurationAlone() {
        runner.withBean(Right.class)
                .withPropertyValues("freshet.caches.names.entity=product", "freshet.caches.names.consistency=strong")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Caches.class).getCacheNames()).containsExactly("names", "products");
                    assertThat(context.getBean(Right.class).product(7).id()).isEqualTo(7);
                    context.getBean(Right.class).change();
                });
    }

    @Test
    void withTypeNoneThereIsNoFreshet() {
        runner.withPropertyValues("spring.cache.type=none")
                .withBean(NoOpCacheManager.class)
                .withBean(Undefined.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Caches.class));
    }

    @Test
    void anotherTypeOfCacheIsTheDefaultAndFreshetsIsNamed() {
        runner.withPropertyValues("spring.cache.type=simple")
                .withBean(ConcurrentMapCacheManager.class)
                .withBean(Undefined.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(CacheManager.class)).isInstanceOf(ConcurrentMapCacheManager.class);
                    assertThat(context.getBean("freshetCacheManager")).isInstanceOf(Caches.class);
                });
    }

    @Test
    void theManagerItselfStoresNothing() {
        runner.run(context -> {
            var cache = context.getBean(CacheManager.class).getCache("products");
            assertThatThrownBy(() -> cache.put(1, "x"))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("@Cacheable(\"products\")");
            assertThatThrownBy(() -> cache.get(1)).hasMessageContaining("get(key, loader)");
            cache.clear();
        });
    }

    @Test
    void propertiesAreDescribed() throws Exception {
        var texts = new ArrayList<String>();
        for (var file : new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
            texts.add(file.getContentAsString(StandardCharsets.UTF_8));
        }
        assertThat(texts)
                .anySatisfy(text -> assertThat(text)
                        .contains(
                                "\"freshet.consistency\"",
                                "\"freshet.near.size\"",
                                "\"freshet.redis.url\"",
                                "\"freshet.leases\"",
                                "\"freshet.fail-safe.max-age\"",
                                "\"freshet.fail-safe.size\""));
    }

    @Test
    void theseAreTheVersionsThatAreMeant() {
        assertThat(SpringBootVersion.getVersion()).startsWith(System.getProperty("freshet.boot", "3") + ".");
    }

    @Test
    void levelsAreRead() {
        var texts = Map.of(
                "eventual", "eventual",
                "bounded; max-age=500ms", "bounded; max-age=500ms",
                "bounded;max-age=2s", "bounded; max-age=2000ms",
                "session; position=0/1A", "session; position=0/1A",
                "strong", "strong");
        texts.forEach((text, level) -> assertThat(ConsistencyText.parse(text)).hasToString(level));
        for (var wrong : List.of(
                "", "bounded", "bounded; max-age=1x", "bounded; max-age=5ms", "session; position=x", "strong; x")) {
            assertThatThrownBy(() -> ConsistencyText.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
