// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import dev.freshet.cache.Consistency;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The level of single calls of {@code @Cacheable} methods. It is bound to the thread, and stands above all other settings. */
public final class ReadScope {
    private static final ThreadLocal<Consistency> LEVEL = new ThreadLocal<>();

    private ReadScope() {}

    /**
     * Calls something whose reads of Freshet caches are all at this level:
     *
     * <pre>{@code
     * Product product = ReadScope.at(Consistency.strong(), () -> catalog.product(42));
     * }</pre>
     *
     * @throws Exception what was called threw
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

    /** The level that the innermost call around this one asks for. */
    public static Optional<Consistency> current() {
        return Optional.ofNullable(LEVEL.get());
    }
}
