// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.FreshetCache;
import dev.freshet.spring.boot.CachesAutoConfiguration;
import dev.freshet.spring.boot.FreshetAutoConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which calls may be stored, by where they are made. No server answers here: what counts is what is counted. */
class LoadRulesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CachesAutoConfiguration.class, FreshetAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withBean(
                    FreshetCache.class,
                    () -> FreshetCache.builder()
                            .redis("redis://127.0.0.1:1")
                            .namespace("shop")
                            .build())
            .withBean(SimpleMeterRegistry.class, () -> meters)
            .withBean(NoResource.class)
            .withBean(Methods.class)
            .withPropertyValues("freshet.namespace=shop");

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {}

    /** Transactions of nothing. */
    static class NoResource extends AbstractPlatformTransactionManager {
        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}

        @Override
        protected void doSetRollbackOnly(DefaultTransactionStatus status) {}
    }

    static class Methods {
        private final Methods self;

        Methods(@Lazy Methods self) {
            this.self = self;
        }

        @Cacheable("row")
        @CachedView(entity = "product")
        public String row(long id) {
            return "row " + id + (TransactionSynchronizationManager.isActualTransactionActive() ? " within" : "");
        }

        @Transactional
        @Cacheable("transactional")
        @CachedView(entity = "product")
        public String transactional(long id) {
            return row(id);
        }

        @Transactional
        public String outer(long id) {
            return self.row(id);
        }

        @Cacheable("page")
        @CachedView(entity = "category")
        public String page(long id) {
            return "page of " + self.row(id);
        }
    }

    private void counted(Consumer<Methods> calls, String reason, double times) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            calls.accept(context.getBean(Methods.class));
            assertThat(meters.find("freshet.cache.bypassed").counters().stream()
                            .filter(counter -> counter.count() > 0)
                            .map(counter -> counter.getId().getTag("reason") + " " + counter.count())
                            .toList())
                    .isEqualTo(times == 0 ? List.of() : List.of(reason + " " + times));
        });
    }

    @Test
    void aTransactionOfTheCallerIsPassedBy() {
        counted(methods -> assertThat(methods.outer(1)).isEqualTo("row 1 within"), "transaction", 1);
    }

    @Test
    void aTransactionOfTheMethodItselfBeginsWithinItsLoad() {
        counted(methods -> assertThat(methods.transactional(1)).isEqualTo("row 1 within"), "none", 0);
    }

    @Test
    void aCachedMethodWithinALoadIsPartOfIt() {
        counted(methods -> assertThat(methods.page(1)).isEqualTo("page of row 1"), "part", 1);
    }
}
