// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Sets the level of single calls of {@code @Cacheable} methods. It applies to the current thread and overrides all
 * other settings, including the session.
 */
public final class ReadScope {
    private static final ThreadLocal<Consistency> LEVEL = new ThreadLocal<>();

    private ReadScope() {}

    /**
     * Runs a call whose reads of Freshet caches, in this thread, are all at this level:
     *
     * <pre>{@code
     * Product product = ReadScope.at(Consistency.strong(), () -> catalog.product(42));
     * }</pre>
     *
     * @throws Exception what the call threw, unchanged
     */
    public static <T> T at(Consistency level, Callable<T> call) throws Exception {
        var outer = LEVEL.get();
        LEVEL.set(level);
        try {
            return call.call();
        } finally {
            if (outer == null) {
                LEVEL.remove();
            } else {
                LEVEL.set(outer);
            }
        }
    }

    /** The level of the innermost {@link #at} around this code, if any. */
    public static Optional<Consistency> current() {
        return Optional.ofNullable(LEVEL.get());
    }
}
