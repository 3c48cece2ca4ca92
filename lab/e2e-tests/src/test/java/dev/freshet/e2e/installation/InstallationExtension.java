// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.installation;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides the single {@link Installation} of this JVM, which is started on first use and stopped at the end. */
public final class InstallationExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(InstallationExtension.class);

    /** The installation, or why its start failed. A failed start is not retried for each test. */
    private record Started(Installation installation, RuntimeException failure) implements AutoCloseable {
        static Started now() {
            try {
                return new Started(Installation.start(), null);
            } catch (RuntimeException e) {
                return new Started(null, e);
            }
        }

        @Override
        public void close() throws SQLException {
            if (installation != null) {
                installation.close();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var started = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Started.class, ignored -> Started.now(), Started.class);
        if (started.failure() != null) {
            throw new IllegalStateException("Freshet did not start", started.failure());
        }
        return started.installation();
    }
}
