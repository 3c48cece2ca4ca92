// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import dev.freshet.support.config.secret.Secret;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret that may change while the process runs, because its file is written anew. Whoever logs in asks for it again
 * each time. Thread-safe.
 */
public final class RotatingSecret {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingSecret.class);

    private final Supplier<Secret> source;
    private volatile Secret last;

    /**
     * Reads the secret for the first time.
     *
     * @param source reads it; throws a {@link ConfigException} if it cannot
     * @throws ConfigException if it cannot be read
     */
    public RotatingSecret(Supplier<Secret> source) {
        this.source = source;
        this.last = Objects.requireNonNull(source.get(), "secret");
    }

    /** The secret as it is now; if it cannot be read at the moment, as it was last. */
    public Secret now() {
        try {
            last = source.get();
        } catch (ConfigException e) {
            LOG.warn("{}; the one that was read last is used", e.getMessage());
        }
        return last;
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "(hidden)";
    }
}
