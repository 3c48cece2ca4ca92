// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import dev.freshet.spring.method.CachedMethod;
import dev.freshet.spring.method.MethodReading;
import dev.freshet.spring.method.Refusals;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheEvictOperation;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CachePutOperation;
import org.springframework.cache.interceptor.CacheableOperation;
import org.springframework.context.expression.AnnotatedElementKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/** All {@code @Cacheable} methods of Freshet caches. Those of all beans are looked at when the application starts. Thread-safe. */
public final class CachedMethods implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(CachedMethods.class);

    private final ConfigurableListableBeanFactory beans;
    private final OwnOperations own;
    private final MethodReading reading;
    private final Caches caches;
    private final AnnotationCacheOperationSource operations = new AnnotationCacheOperationSource(false);
    private final ConcurrentHashMap<AnnotatedElementKey, Optional<CachedMethod>> methods = new ConcurrentHashMap<>();

    public CachedMethods(ConfigurableListableBeanFactory beans, MethodReading reading, Caches caches) {
        this.beans = beans;
        this.own = new OwnOperations(beans);
        this.reading = reading;
        this.caches = caches;
    }

    /** What is known of those that were found so far, by the names of caches and methods. */
    public List<Described> described() {
        return methods.values().stream()
                .flatMap(Optional::stream)
                .map(method -> new Described(
                        method.cache(),
                        method.where(),
                        method.definition().entity(),
                        method.definition().listOf(),
                        method.consistency() == null
                                ? "default"
                                : method.consistency().toString()))
                .sorted(Comparator.comparing(Described::cache).thenComparing(Described::method))
                .toList();
    }

    /**
     * A cached method, for people to read.
     *
     * @param listOf empty for a view of rows
     * @param consistency {@code default} if nothing is said for it
     */
    public record Described(String cache, String method, String entity, String listOf, String consistency) {}

    /** The method, if its cache is Freshet's. */
    Optional<CachedMethod> find(Method method, Class<?> targetClass) {
        var key = new AnnotatedElementKey(method, targetClass);
        var known = methods.get(key);
        if (known == null) {
            known = understand(method, targetClass);
            methods.put(key, known);
        }
        return known;
    }

    private Optional<CachedMethod> understand(Method method, Class<?> targetClass) {
        var all = operations.getCacheOperations(method, targetClass);
        var ours = all == null
                ? List.<CacheOperation>of()
                : all.stream().filter(own::isOwn).toList();
        var found = new ArrayList<CacheableOperation>();
        var where = ClassUtils.getQualifiedMethodName(method, targetClass);
        for (var operation : ours) {
            if (operation instanceof CacheableOperation cacheable) {
                found.add(cacheable);
            } else if (operation instanceof CachePutOperation) {
                throw Refusals.put(where, operation);
            } else if (operation instanceof CacheEvictOperation) {
                LOG.info("@CacheEvict at {} does nothing: the commit itself evicts what it made stale", where);
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (all.size() > 1 || found.get(0).getCacheNames().size() > 1) {
            throw Refusals.several(where);
        }
        var understood = reading.read(method, targetClass, found.get(0), where);
        caches.uses(understood.cache());
        return Optional.of(understood);
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : beans.getBeanDefinitionNames()) {
            var type = AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null
                    && operations.isCandidateClass(type)
                    && !type.getName().startsWith("java.")) {
                var user = ClassUtils.getUserClass(type);
                MethodIntrospector.selectMethods(
                        user, (Method method) -> find(method, user).orElse(null));
            }
        }
    }
}
