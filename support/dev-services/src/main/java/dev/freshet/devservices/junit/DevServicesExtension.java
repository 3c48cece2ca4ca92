// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Implements {@link WithPostgres} and {@link WithRedis}. A server is started for the first parameter that needs it. */
final class DevServicesExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DevServicesExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context) && AnnotationSupport.isAnnotated(context.getRequiredTestClass(), WithRedis.class)) {
            shared(context).emptyRedis();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == PostgresServer.class
                || type == TestDatabase.class
                || type == RedisServer.class
                || type == RedisSentinel.class
                || type == RedisCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type == RedisServer.class) {
            return shared(context).redis();
        }
        if (type == RedisSentinel.class) {
            return shared(context).sentinel();
        }
        if (type == RedisCluster.class) {
            return shared(context).cluster();
        }
        if (type == PostgresServer.class) {
            return shared(context).postgres();
        }
        // Stored with the outermost class, which closes it: a class and its nested classes share one database.
        var owner = outermost(context);
        return owner.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestDatabase.class,
                        ignored -> shared(context).database(owner.getRequiredTestClass()),
                        TestDatabase.class);
    }

    private static SharedServers shared(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(SharedServers.class, ignored -> new SharedServers(), SharedServers.class);
    }

    private static boolean isOutermost(ExtensionContext context) {
        return outermost(context) == context;
    }

    private static ExtensionContext outermost(ExtensionContext context) {
        var found = context;
        for (Optional<ExtensionContext> next = Optional.of(context);
                next.isPresent();
                next = next.get().getParent()) {
            if (next.get().getTestClass().isPresent()) {
                found = next.get();
            }
        }
        return found;
    }
}
