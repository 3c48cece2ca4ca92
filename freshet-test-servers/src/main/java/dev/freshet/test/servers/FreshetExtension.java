// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.servers;

import dev.freshet.cache.FreshetCache;
import dev.freshet.cache.FreshetCacheBuilder;
import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Implements {@link FreshetTest}. The servers are started for the first parameter that needs them. */
final class FreshetExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FreshetExtension.class);
    private static final Map<Class<?>, Function<FreshetServers, Object>> PARAMETERS = Map.of(
            FreshetServers.class, servers -> servers,
            DataSource.class, FreshetServers::dataSource,
            FreshetCache.class, FreshetServers::cache,
            FreshetCacheBuilder.class, FreshetServers::builder);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.get(parameter.getParameter().getType()).apply(servers(context));
    }

    /** Of the outermost class that is annotated: its nested classes have them, too. */
    private static FreshetServers servers(ExtensionContext context) {
        var owner = context;
        for (var next = context;
                next.getTestClass().isPresent();
                next = next.getParent().orElseThrow()) {
            owner = next;
        }
        var settings = AnnotationSupport.findAnnotation(owner.getRequiredTestClass(), FreshetTest.class)
                .orElseThrow();
        var name = owner.getRequiredTestClass().getSimpleName();
        var postgres = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(
                        PostgresServer.class,
                        first -> PostgresServer.start(PostgresOptions.defaults().withQuickLogins()),
                        PostgresServer.class);
        return owner.getStore(NAMESPACE)
                .computeIfAbsent(
                        FreshetServers.class,
                        first -> FreshetServers.start(postgres, settings, name),
                        FreshetServers.class);
    }
}
