// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.view.TagOf;
import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import dev.freshet.spring.boot.CachesAutoConfiguration;
import dev.freshet.spring.boot.FreshetAutoConfiguration;
import dev.freshet.spring.source.SessionAutoConfiguration;
import dev.freshet.spring.source.SourceAutoConfiguration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Annotated methods read through: with an eviction at any moment, and as Spring's users expect. */
@WithRedis
@WithPostgres
class CachedReadsTest {
    private final TestDatabase database;
    private final RawRedis raw;
    private final RedisServer redis;
    private AnnotationConfigApplicationContext context;
    private FreshetCache cache;
    private Catalog catalog;

    CachedReadsTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
        this.raw = new RawRedis(redis.uri());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({
        Catalog.class,
        Loads.class,
        SourceAutoConfiguration.class,
        SessionAutoConfiguration.class,
        CachesAutoConfiguration.class,
        FreshetAutoConfiguration.class
    })
    static class Application {
        @Bean
        JdbcTemplate sql(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        JdbcTransactionManager transactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @BeforeEach
    void start() {
        raw.redis.flushall();
        Promise.give(raw, database);
        database.execute("drop table if exists product");
        database.execute(Catalog.TABLE);
        context = new AnnotationConfigApplicationContext();
        TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                context, "freshet.redis.url=" + redis.uri(), "freshet.namespace=shop", "freshet.command-timeout=30s");
        context.registerBean("dataSource", DataSource.class, database::dataSource);
        context.register(Application.class);
        context.refresh();
        cache = context.getBean(FreshetCache.class);
        catalog = context.getBean(Catalog.class);
    }

    @AfterEach
    void stop() {
        context.close();
        raw.close();
    }

    private int loads() {
        return context.getBean(Loads.class).count();
    }

    private void evict(Tag tag) {
        cache.invalidate(Isolate.SHARED, List.of(tag));
    }

    @Test
    void aValueIsLoadedOnceAndAgainWhenItsRowChanged() {
        assertThat(catalog.product(1).stock()).isEqualTo(5);
        assertThat(catalog.product(1)).isEqualTo(catalog.product(1));
        assertThat(loads()).isEqualTo(1);
        catalog.set(1, 4);
        evict(TagOf.row("product", 1));
        assertThat(catalog.product(1).stock()).isEqualTo(4);
    }

    /** The race of every cache without a token: read, eviction, and only then the answer is stored. */
    @Test
    void whatWentStaleBetweenReadingAndStoringIsNotStored() {
        var loads = context.getBean(Loads.class);
        loads.inTheMiddle(() -> {
            loads.inTheMiddle(() -> {});
            new JdbcTemplate(database.dataSource()).update("update product set stock = 4 where id = 1");
            evict(TagOf.row("product", 1));
        });
        assertThat(catalog.product(1).stock()).isEqualTo(5);
        assertThat(catalog.product(1).stock()).isEqualTo(4);
        assertThat(catalog.product(1).stock()).isEqualTo(4);
        assertThat(loads()).isEqualTo(2);
    }

    @Test
    void nothingIsAnAnswerToo() {
        assertThat(catalog.product(9)).isNull();
        assertThat(catalog.product(9)).isNull();
        assertThat(catalog.find(9)).isEmpty();
        assertThat(catalog.find(9)).isEmpty();
        assertThat(catalog.find(1)).get().isEqualTo(catalog.find(1).orElseThrow());
        assertThat(loads()).isEqualTo(3);
    }

    @Test
    void whatAMethodThrowsIsThrownAndNotCached() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> catalog.product(-1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no such id");
        }
        assertThat(loads()).isEqualTo(2);
    }

    @Test
    void primitivesAndListsAreReadAsWhatTheyWere() {
        assertThat(catalog.stock(1) + catalog.stock(1)).isEqualTo(10);
        assertThat(catalog.products(10, 0)).extracting(Product::name).containsExactly("pen", "ink");
        assertThat(catalog.products(10, 0).get(0)).isEqualTo(catalog.product(1));
        assertThat(catalog.products(10, 4)).extracting(Product::name).containsExactly("pen");
        assertThat(loads()).isEqualTo(4);
        evict(TagOf.list("product", "category", 10));
        assertThat(catalog.products(10, 0)).hasSize(2);
        assertThat(catalog.products(10, 4)).hasSize(1);
        assertThat(loads()).isEqualTo(6);
    }

    @Test
    void keyConditionAndUnlessAreSprings() {
        var pen = new Product(1, "", 1, null);
        assertThat(catalog.like(pen)).isEqualTo(catalog.like(pen));
        assertThat(loads()).isEqualTo(1);
        var unconditional = new Product(1, "", 0, null);
        catalog.like(unconditional);
        assertThat(loads()).isEqualTo(2);
        var soldOut = new Product(3, "", 1, null);
        catalog.like(soldOut);
        assertThat(catalog.like(soldOut).name()).isEqualTo("cup");
        assertThat(loads()).isEqualTo(4);
    }

    @Test
    void aMethodWithATransactionOfItsOwnIsCached() {
        catalog.inTransactionOfItsOwn(1);
        catalog.inTransactionOfItsOwn(1);
        assertThat(loads()).isEqualTo(1);
    }

    @Test
    void withinAnOuterTransactionNothingIsStoredAndOwnWritesAreSeen() {
        catalog.within(1);
        catalog.within(1);
        assertThat(loads()).isEqualTo(2);
        catalog.product(1);
        catalog.within(1);
        assertThat(loads()).isEqualTo(3);
        assertThat(catalog.afterWriting(1, 2).stock()).isEqualTo(2);
    }

    @Test
    void aValueCarriesTheTagsOfCachedMethodsThatItCalls() {
        assertThat(catalog.page(10)).isEqualTo("pen of 10");
        catalog.page(10);
        assertThat(loads()).isEqualTo(1);
        for (var tag :
                List.of(TagOf.row("product", 1), TagOf.list("product", "category", 10), TagOf.row("category", 10))) {
            int before = loads();
            evict(tag);
            catalog.page(10);
            catalog.page(10);
            assertThat(loads()).as("after an eviction of %s", tag).isEqualTo(before + 1);
        }
    }

    /** No invalidator evicts here: so that the value is new, the session alone is the reason. */
    @Test
    void aSessionReadsItsOwnWrites() {
        catalog.product(1);
        try (var session = context.getBean(FreshetSessions.class).open()) {
            assertThat(catalog.product(1).stock()).isEqualTo(5);
            assertThat(session.required()).isEmpty();
            catalog.set(1, 4);
            assertThat(session.required()).isPresent();
            assertThat(catalog.product(1).stock()).isEqualTo(4);
        }
    }

    @Test
    void aCallAsksForItsOwnLevel() throws Exception {
        catalog.product(1);
        catalog.set(1, 4);
        assertThat(catalog.product(1).stock()).isEqualTo(5);
        assertThat(ReadScope.at(Consistency.strong(), () -> catalog.product(1)).stock())
                .isEqualTo(4);
    }

    @Test
    void anEntryTellsWhereItWasRead() {
        catalog.product(1);
        var entry = raw.redis.get("shop:{~}:product:1:product");
        assertThat(entry).contains("\"tags\":[\"product:1\"]", "\"at\":", "\"snapshot\":", "\"since\":\"2026-01-02\"");
    }
}
