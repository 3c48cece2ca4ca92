// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.cache;

import dev.freshet.core.plan.Eviction;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.Lsn;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the pipeline needs of the cache: evict, and publish how far everything is evicted. With every store, calls wait
 * until it answers; transient failures are retried, not reported. Thread-safe.
 */
public interface Cache {
    /**
     * Sets the key patterns for the globs. From now on, evictions and purges by a glob spare keys that match the glob
     * but that none of its templates can have made: they are the application's own. A glob without a pattern here
     * deletes every key that matches.
     */
    void recognise(KeyPatterns known);

    /**
     * Evicts a batch. Its changes must already be visible to every new snapshot. The same tag or key may occur in it
     * many times.
     *
     * @throws InterruptedException if interrupted while waiting for Redis; part of the batch may be done
     * @throws IllegalStateException if closed
     */
    EvictionReport evict(Collection<? extends Eviction> evictions) throws InterruptedException;

    /**
     * Empties the namespace, for use when changes may have been missed. Deletes every fence set first, so that no fill
     * that began earlier is accepted any more, then every entry and tag set. The published position stays: call
     * {@link #withdraw} before.
     *
     * @param keyGlobs further keys to delete: those of readers that fill the cache themselves
     * @throws InterruptedException if interrupted while waiting for Redis; it must then be repeated
     */
    void purge(Collection<String> keyGlobs, PurgeProgress progress) throws InterruptedException;

    /**
     * Deletes every fence set of the namespace, which fences every tag: no fill that began earlier is accepted any
     * more.
     *
     * @throws InterruptedException if interrupted while waiting for Redis; it must then be repeated
     */
    void dropFenceSets() throws InterruptedException;

    /**
     * Asks each master for its identity, its time and its position.
     *
     * @throws InterruptedException if interrupted while waiting for Redis
     */
    Masters masters() throws InterruptedException;

    /**
     * Claims the namespace. From now on this instance publishes and withdraws under this claim, and instances with a
     * smaller claim no longer can.
     *
     * @param takeOver whether to take the namespace from another owner, which then loses it and its position
     * @return false if the namespace belongs to another owner, or another instance has claimed it meanwhile
     * @throws InterruptedException if interrupted while waiting for Redis
     */
    boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException;

    /**
     * The canonical forms of the mappings that were used for evictions so far, as stored beside the positions: one for
     * each master, in the same order.
     *
     * @throws InterruptedException if interrupted while waiting for Redis
     */
    List<Optional<String>> mappings(Masters of) throws InterruptedException;

    /**
     * Publishes how far everything has been evicted, on the masters where it was evicted. Call it after {@link #evict}
     * and before the position is acknowledged to the slot.
     *
     * @param on the masters as they answered before the first eviction that the position covers
     * @param heldAt the masters as they answered at a moment such that everything committed before it is evicted by
     *     now; or null
     * @return false if a master was restarted or replaced, so that evictions may be lost and old entries back, or if
     *     the set of masters has changed
     * @throws SupersededException if another instance has claimed the namespace since this one did
     * @throws InterruptedException if interrupted while waiting for Redis
     */
    boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException;

    /**
     * Up to where the stream may be acknowledged, if everything up to {@code done} is evicted and published. Earlier than
     * {@code done} while a further target has not accepted all of it yet: what is not acknowledged comes again after a
     * restart.
     */
    default Lsn acknowledgeable(Lsn done) {
        return done;
    }

    /**
     * Withdraws the published position: from now on nobody can tell how far everything is evicted, and the next start
     * purges the namespace. The owner of the namespace stays recorded.
     *
     * @throws SupersededException if another instance has claimed the namespace since this one did
     * @throws InterruptedException if interrupted while waiting for Redis
     */
    void withdraw() throws InterruptedException;

    /**
     * Records that a process starts to read the stream at a place. Returns how many earlier processes were lost there:
     * they started there, and then neither reached another place, nor called {@link #endReading}, nor started again.
     *
     * @param process an id that is different for each process
     * @param place without spaces; changes with each published position and with each purge
     * @param enough how many lost processes are enough, if none has started there before
     * @param again whether the count restarts if it has reached enough and the process that saw it called
     *     {@link #endReading}
     * @throws InterruptedException if interrupted while waiting for Redis
     */
    Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException;

    /**
     * Records that the process stopped reading in an orderly way. Waits for a few seconds at most, and works even if
     * the thread is interrupted.
     */
    void endReading(String process);

    /** Whether Redis accepts evictions. */
    EvictorStatus status();

    /** Whether a further target accepts evictions. Empty if there is none. */
    default Optional<EvictorStatus> secondary() {
        return Optional.empty();
    }
}
