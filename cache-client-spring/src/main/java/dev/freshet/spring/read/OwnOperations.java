// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.util.StringUtils;

/** Tells which cache annotations are about Freshet caches: by the manager that they name, or the default one. */
final class OwnOperations {
    private final ListableBeanFactory beans;

    OwnOperations(ListableBeanFactory beans) {
        this.beans = beans;
    }

    boolean isOwn(CacheOperation operation) {
        if (StringUtils.hasText(operation.getCacheResolver())) {
            return false;
        }
        String manager = operation.getCacheManager();
        return StringUtils.hasText(manager)
                ? beans.containsBean(manager) && beans.isTypeMatch(manager, Caches.class)
                : isDefault();
    }

    private boolean isDefault() {
        for (var configurer :
                beans.getBeansOfType(CachingConfigurer.class, true, false).values()) {
            if (configurer.cacheResolver() != null) {
                return false;
            }
            if (configurer.cacheManager() != null) {
                return configurer.cacheManager() instanceof Caches;
            }
        }
        return beans.getBeanProvider(CacheManager.class).getIfUnique() instanceof Caches;
    }
}
