// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.evict;

import dev.freshet.invalidator.plan.Eviction;
import dev.freshet.model.mapping.KeyPatterns;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The cache, as far as the pipeline needs it: evict, and say how far everything is evicted. Whatever the store, calls wait until it
 * answers; a failure that may pass is retried, not reported. Thread-safe.
 */
public interface Cache {
    /**
     * From now on spares keys that match a glob but that none of its templates can have made: they are the application's
     * own. Keys of a glob that is not among the patterns go as they match.
     */
    void recognise(KeyPatterns known);

    /**
     * Evicts a batch, whose changes must be visible to every new snapshot by now. The same tag or key may be in it many
     * times.
     *
     * @throws InterruptedException if interrupted while it waited for Redis; part of the batch may be done
     * @throws IllegalStateException if closed
     */
    EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException;

    /**
     * Empties the namespace: for when changes may have been missed. First every fence set, so that no fill begun earlier
     * is accepted any more, then every entry and tag set. The published position stays: {@link #withdraw} it before.
     *
     * @param keyGlobs further keys to delete: those of readers that fill the cache themselves
     * @throws InterruptedException if interrupted while it waited for Redis; it must then be done again
     */
    void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException;

    /**
     * Deletes every fence set of the namespace, which fences every tag: no fill begun earlier is accepted any more.
     *
     * @throws InterruptedException if interrupted while it waited for Redis; it must then be done again
     */
    void dropFenceSets() throws InterruptedException;

    /**
     * Asks each master who it is, what time it has and which position it shows.
     *
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    Masters masters() throws InterruptedException;

    /**
     * From now on publishes and withdraws by this claim, and those with a smaller one do not any more.
     *
     * @param takeOver whether the namespace may be another owner's, which loses it and its position then
     * @return false if it is another owner's, or another instance has begun meanwhile
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException;

    /**
     * The canonical forms of the mappings that evicted so far, as they are kept beside the positions; one for each master,
     * in their order.
     *
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    List<Optional<String>> mappings(Masters of) throws InterruptedException;

    /**
     * Publishes how far everything has been evicted, on the masters on which it has been. Call it after {@link #evict}
     * and before the position is acknowledged to the slot.
     *
     * @param on as they were asked before the first eviction that the position stands for
     * @param heldAt as they were asked at a moment before which all that had committed is evicted by now; or null
     * @return false if one of the masters is another by now, so that evictions may be lost and old entries back, or if
     *     there are others
     * @throws SupersededException if another instance has begun to work in the namespace since this one did
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException;

    /**
     * Takes the published position back: from now on nobody can tell how far everything is evicted, and the next start
     * purges the namespace. Whose it was remains.
     *
     * @throws SupersededException if another instance has begun to work in the namespace since this one did
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    void withdraw() throws InterruptedException;

    /**
     * Notes that a process begins to read the stream at a place. Those count that began there before and were never heard of
     * again: they neither got to another place, nor called {@link #endReading}, nor began once more.
     *
     * @param process another one for each process
     * @param place without spaces; another one after each position that is published, and after each purge
     * @param enough how many are, if nobody began there before
     * @param again whether to count anew if there are enough, and whoever saw that called {@link #endReading}
     * @throws InterruptedException if interrupted while it waited for Redis
     */
    Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException;

    /** The process stops reading, and lives on or ends as it was told to. Waits a moment at most, also if interrupted. */
    void endReading(String process);

    /** Whether Redis takes evictions. */
    EvictorStatus status();
}
