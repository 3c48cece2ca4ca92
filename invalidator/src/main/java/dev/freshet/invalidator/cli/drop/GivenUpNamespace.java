// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.drop;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.invalidator.cli.Counted;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.KeyCensus;
import java.util.ArrayList;
import java.util.List;

/**
 * The namespace in Redis, which is given up. The position goes first: without it no reader stores or takes an entry, so
 * that nothing is left behind, whenever it breaks off.
 */
final class GivenUpNamespace {
    private final CacheKeys keys;
    private final Owner own;
    private final List<String> globs;
    private final KeyPatterns patterns;

    /**
     * @param own the slot or the connector that may own the namespace
     * @param globs patterns of keys to delete beside the namespace's own
     * @param patterns which keys of those can have been made by templates
     */
    GivenUpNamespace(CacheKeys keys, Owner own, List<String> globs, KeyPatterns patterns) {
        this.keys = keys;
        this.own = own;
        this.globs = List.copyOf(globs);
        this.patterns = patterns;
    }

    /** Whether it may be deleted: it belongs to this slot or connector, or to nobody. */
    boolean isOurs(Masters masters) {
        return masters.owners().stream().allMatch(own::isSame);
    }

    /** Whether an invalidator published there that read this slot, of this database: then the slot is Freshet's. */
    boolean provesSlot(Masters masters) {
        return !masters.owners().isEmpty() && isOurs(masters);
    }

    /** Whether there is anything to delete. */
    boolean isThere(Masters masters, KeyCensus census) throws InterruptedException {
        return !masters.owners().isEmpty()
                || found(KeyPatterns.NONE, keys.offsets(), census) > 0
                || found(KeyPatterns.NONE, keys.allIsolated(), census) > 0
                || !globs.isEmpty();
    }

    /** A line for each kind of key. */
    List<String> lines(Masters masters, KeyCensus census) throws InterruptedException {
        var lines = new ArrayList<String>();
        lines.add("namespace " + keys.namespace() + " in Redis: "
                + Counted.of(found(KeyPatterns.NONE, keys.allIsolated(), census), "key")
                + (masters.owners().isEmpty() ? "" : ", and the position"));
        if (found(KeyPatterns.NONE, keys.offsets(), census) > 0) {
            lines.add("key " + keys.offsets() + " in Redis: how far a sink of Kafka Connect has evicted");
        }
        for (String glob : globs) {
            lines.add("keys " + glob + " in Redis: " + Counted.of(found(patterns, glob, census), "key"));
        }
        return lines;
    }

    /** Deletes it. Returns how many keys went. */
    long delete(Evictor cache) throws InterruptedException {
        var gone = new long[1];
        cache.recognise(patterns);
        cache.forget();
        cache.purge(globs, (fenceSets, deleted) -> gone[0] = deleted);
        // A reader that had just read the position may have noted its wish there.
        cache.forget();
        return gone[0];
    }

    private static long found(KeyPatterns known, String glob, KeyCensus census) throws InterruptedException {
        return census.count(known, glob, Long.MAX_VALUE, looked -> {}).made();
    }
}
