// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.boot;

import dev.freshet.cache.FreshetCache;
import dev.freshet.spring.read.Caches;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The manager of Freshet caches: the default one, or one that annotations name. */
@AutoConfiguration(
        before = FreshetAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration",
            "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration"
        })
@ConditionalOnProperty(name = "freshet.enabled", matchIfMissing = true)
@ConditionalOnCaching
public final class CachesAutoConfiguration {
    /** What annotations name, where another manager is the default one. */
    static final String MANAGER = "freshetCacheManager";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "spring.cache.type", havingValue = "freshet", matchIfMissing = true)
    static class Alone {
        @Bean(MANAGER)
        Caches freshetCacheManager(FreshetCache cache) {
            return new Caches(cache);
        }
    }

    /** Not a candidate for others than those who name it, so that Boot makes the manager that the property says. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "spring.cache.type")
    static class BesideAnother {
        @Bean(name = MANAGER, defaultCandidate = false)
        Caches freshetCacheManager(FreshetCache cache) {
            return new Caches(cache);
        }
    }
}
