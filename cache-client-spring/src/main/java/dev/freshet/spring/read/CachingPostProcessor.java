// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.interceptor.BeanFactoryCacheOperationSourceAdvisor;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts Freshet's interceptor in the place of Spring's, and caching around transactions where both are at the same method and
 * nobody has said otherwise: a transaction that began before the token is an old look at the database.
 */
public final class CachingPostProcessor implements BeanPostProcessor, BeanFactoryAware, PriorityOrdered {
    private static final int AROUND_TRANSACTIONS = Ordered.LOWEST_PRECEDENCE - 1;

    private BeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beans = beanFactory;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof BeanFactoryCacheOperationSourceAdvisor advisor
                && advisor.getOrder() == Ordered.LOWEST_PRECEDENCE) {
            advisor.setOrder(AROUND_TRANSACTIONS);
        }
        return bean instanceof CacheInterceptor spring && !(bean instanceof FreshetInterceptor)
                ? new FreshetInterceptor(
                        spring,
                        beans,
                        SingletonSupplier.of(() -> beans.getBean(CachedMethods.class)),
                        SingletonSupplier.of(() -> beans.getBean(Reader.class)))
                : bean;
    }
}
