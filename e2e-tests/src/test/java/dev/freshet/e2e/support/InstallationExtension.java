// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.support;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Installation} of this JVM, started when first asked for and stopped at the end. */
public final class InstallationExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(InstallationExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Installation.class, ignored -> new Installation(), Installation.class);
    }
}
