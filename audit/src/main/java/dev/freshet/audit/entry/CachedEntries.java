// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.entry;

import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cache as an audit reads it. Never writes. Each method throws {@link UnavailableException} if Redis cannot be
 * read.
 */
public interface CachedEntries {
    /** Takes some keys. Returns whether to go on. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(List<String> keys) throws InterruptedException;
    }

    /**
     * The published position: everything committed up to it has been evicted.
     *
     * @param systemIdentifier of the cluster that the position belongs to
     * @param database the name of the database in that cluster
     */
    record Published(String systemIdentifier, String database, Lsn lsn) {}

    /**
     * What else Redis knows about an entry.
     *
     * @param ttlMillis time to live in milliseconds; negative if there is none, or if the entry is gone
     * @param fences when each tag was last purged, in µs of Redis' time; tags without a remembered purge are missing
     */
    record Traces(long ttlMillis, Map<String, Long> fences) {
        public Traces {
            fences = Map.copyOf(fences);
        }
    }

    /** Redis does not answer, or answers something unexpected. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Visits every string of the namespace that belongs to an isolate, in batches. May visit a key more than once. */
    void scan(Visitor visitor) throws InterruptedException;

    /** The first bytes of each value, in the order of the keys; an empty string for a missing key. */
    List<String> heads(List<String> keys, int bytes) throws InterruptedException;

    /** The position published on the master that serves the key; empty if there is none. */
    Optional<Published> position(String key) throws InterruptedException;

    /** What the invalidator promises to readers of the namespace; empty if none ever published there. */
    Optional<Contract> contract() throws InterruptedException;

    /** Whether the set of each tag lists the key. */
    boolean isListed(String key, Isolate isolate, Collection<String> tags) throws InterruptedException;

    Traces traces(String key, Isolate isolate, Collection<String> tags) throws InterruptedException;
}
