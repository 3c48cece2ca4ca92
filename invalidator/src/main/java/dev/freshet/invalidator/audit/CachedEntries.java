// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cache, as an audit looks at it: reads only. Each method throws {@link UnavailableException} if it cannot. */
public interface CachedEntries {
    /** Takes some keys; answers whether to go on. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(List<String> keys) throws InterruptedException;
    }

    /**
     * How far everything has been evicted.
     *
     * @param systemIdentifier of the cluster that the position is of
     * @param database the name of the database there
     */
    record Published(String systemIdentifier, String database, Lsn lsn) {}

    /**
     * What else Redis tells of an entry.
     *
     * @param ttlMillis time to live; negative: it has none, or is gone
     * @param fences when each tag was purged last, in µs of Redis' time, as far as that is remembered
     */
    record Traces(long ttlMillis, Map<String, Long> fences) {
        public Traces {
            fences = Map.copyOf(fences);
        }
    }

    /** Redis does not answer, or not as it should. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Hands over every string of the namespace that belongs to an isolate, some at a time and some more than once. */
    void scan(Visitor visitor) throws InterruptedException;

    /** The first bytes of each value, in the order of the keys; an empty text where there is none. */
    List<String> heads(List<String> keys, int bytes) throws InterruptedException;

    /** The position on the master that serves a key; empty if there is none. */
    Optional<Published> position(String key) throws InterruptedException;

    /** What an invalidator promises to readers of the namespace; empty if none ever published there. */
    Optional<Contract> contract() throws InterruptedException;

    /** Whether each of the tags' sets lists the key. */
    boolean isListed(String key, Isolate isolate, Collection<String> tags) throws InterruptedException;

    Traces traces(String key, Isolate isolate, Collection<String> tags) throws InterruptedException;
}
