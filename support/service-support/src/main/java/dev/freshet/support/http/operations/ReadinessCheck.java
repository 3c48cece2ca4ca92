// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.operations;

import java.util.Optional;

/**
 * A dependency of a service.
 *
 * @param name such as {@code database}
 * @param required whether the service is not ready without it; otherwise the service is only degraded
 * @param probe must return within a few seconds
 */
public record ReadinessCheck(String name, boolean required, Probe probe) {
    /** Checks the dependency. Called from one thread at a time. */
    @FunctionalInterface
    public interface Probe {
        /** What is wrong; empty if nothing is. The text is public. An exception counts as "failed". */
        Optional<String> problem() throws Exception;
    }

    public static ReadinessCheck required(String name, Probe probe) {
        return new ReadinessCheck(name, true, probe);
    }

    public static ReadinessCheck optional(String name, Probe probe) {
        return new ReadinessCheck(name, false, probe);
    }
}
