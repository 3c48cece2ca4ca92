// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import java.util.Optional;

/**
 * Something that a service needs in order to answer.
 *
 * @param name such as {@code database}
 * @param required without it the service is not ready; else it is only degraded
 * @param probe must give up within a few seconds
 */
public record ReadinessCheck(String name, boolean required, Probe probe) {
    /** Looks whether all is well. Called from one thread at a time. */
    @FunctionalInterface
    public interface Probe {
        /** What is wrong, in words that anyone may read; empty if nothing is. An exception counts as "failed". */
        Optional<String> problem() throws Exception;
    }

    public static ReadinessCheck required(String name, Probe probe) {
        return new ReadinessCheck(name, true, probe);
    }

    public static ReadinessCheck optional(String name, Probe probe) {
        return new ReadinessCheck(name, false, probe);
    }
}
