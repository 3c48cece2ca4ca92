// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.read;

import dev.freshet.spring.load.Work;
import dev.freshet.spring.method.CachedMethod;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheInterceptor;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationInvocationContext;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.SimpleKeyGenerator;

/**
 * Takes the place of Spring's interceptor. Methods of Freshet caches are read through, with {@code sync} or without: between
 * Spring's {@code get} and {@code put} there would be no token, and a value that went stale meanwhile would be stored. All others
 * are left to Spring's. Conditions, keys and {@code unless} are evaluated by Spring's own code.
 */
final class FreshetInterceptor extends CacheInterceptor {
    private static final long serialVersionUID = 1;

    private final transient CacheInterceptor spring;
    private final transient Supplier<CachedMethods> methods;
    private final transient Supplier<Reader> reader;

    FreshetInterceptor(
            CacheInterceptor spring, BeanFactory beans, Supplier<CachedMethods> methods, Supplier<Reader> reader) {
        this.spring = spring;
        this.methods = methods;
        this.reader = reader;
        setBeanFactory(beans);
        setCacheOperationSource(spring.getCacheOperationSource());
        setKeyGenerator(spring.getKeyGenerator() == null ? new SimpleKeyGenerator() : spring.getKeyGenerator());
        // Spring wants one to make a context.
        setCacheResolver(context -> List.of());
    }

    /** Not asked of a resolver: methods of Freshet caches do not read through Spring's. */
    @Override
    protected Collection<? extends Cache> getCaches(
            CacheOperationInvocationContext<CacheOperation> context, CacheResolver resolver) {
        return List.of();
    }

    @Override
    public Object invoke(MethodInvocation invocation) throws Throwable {
        var target = invocation.getThis();
        if (target == null) {
            return spring.invoke(invocation);
        }
        var targetClass = AopUtils.getTargetClass(target);
        var found =
                methods.get().find(AopUtils.getMostSpecificMethod(invocation.getMethod(), targetClass), targetClass);
        return found.isPresent() ? read(found.get(), invocation, targetClass) : spring.invoke(invocation);
    }

    private Object read(CachedMethod method, MethodInvocation invocation, Class<?> targetClass) throws Throwable {
        var args = invocation.getArguments();
        var context = new Context(
                getCacheOperationMetadata(method.operation(), invocation.getMethod(), targetClass),
                args,
                invocation.getThis());
        if (!context.applies()) {
            return invocation.proceed();
        }
        var entry = method.entry(args, method.hasKey() ? context.key() : null);
        if (entry.isEmpty()) {
            return invocation.proceed();
        }
        return reader.get().answer(method, entry.get(), args, body(invocation), context::mayStore);
    }

    /** Can be run again, and in another thread. */
    private static Work<Object> body(MethodInvocation invocation) {
        return () -> {
            try {
                return ((ProxyMethodInvocation) invocation).invocableClone().proceed();
            } catch (Exception | Error failure) {
                throw failure;
            } catch (Throwable failure) {
                throw new UndeclaredThrowableException(failure);
            }
        };
    }

    @Override
    public void afterSingletonsInstantiated() {
        spring.afterSingletonsInstantiated();
    }

    /** Opens what Spring knows of one call. */
    private final class Context extends CacheOperationContext {
        /** Stands for "no answer yet" in conditions and keys; any object will do, and Spring's own cannot be reached. */
        private static final Object NOTHING = null;

        Context(CacheOperationMetadata metadata, Object[] args, Object target) {
            super(metadata, args, target);
        }

        boolean applies() {
            return isConditionPassing(NOTHING);
        }

        Object key() {
            return generateKey(NOTHING);
        }

        boolean mayStore(Object value) {
            return canPutToCache(value);
        }
    }
}
