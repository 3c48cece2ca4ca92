// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.cache.position;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.SupersededException;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.RedisLink;
import dev.freshet.redis.cache.pipeline.Pipeline;
import dev.freshet.redis.cache.sweep.Sweep;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The position on every master: who claims it, publishes it and withdraws it, and which process reads the stream.
 * Every method returns when all masters have accepted it. Thread-safe.
 */
public final class Positions {
    private final CacheKeys keys;
    private final Pipeline pipeline;
    private final Sweep sweep;
    private final ReadingRecord reading;
    private volatile Claim claim = Claim.NONE;

    public Positions(CacheKeys keys, RedisLink<byte[], byte[]> link, Pipeline pipeline, Sweep sweep) {
        this.keys = keys;
        this.pipeline = pipeline;
        this.sweep = sweep;
        this.reading = new ReadingRecord(link, pipeline);
    }

    /** The position key of each master. */
    public List<String> positionKeys() throws InterruptedException {
        return sweep.masters().stream()
                .map(master -> master.positionIndex().isPresent()
                        ? keys.position(master.positionIndex().getAsInt())
                        : keys.position())
                .toList();
    }

    /** The masters, and what is published on each. */
    public Masters masters() throws InterruptedException {
        var looks = positionKeys().stream().map(PublishStep::look).toList();
        pipeline.run(looks.iterator());
        return new Masters(looks.stream().map(PublishStep::master).toList());
    }

    /** Claims the namespace. Returns whether every master accepted it. */
    public boolean claim(Claim now, Owner own, boolean takeOver) throws InterruptedException {
        var steps = positionKeys().stream()
                .map(key -> new ClaimStep(key, now, own, takeOver))
                .toList();
        pipeline.run(steps.iterator());
        claim = now;
        return steps.stream().allMatch(ClaimStep::claimed);
    }

    /** The canonical form of the mapping that each master was last published with. */
    public List<Optional<String>> mappings(Masters of) throws InterruptedException {
        var steps =
                of.all().stream().map(master -> new MappingStep(master.key())).toList();
        pipeline.run(steps.iterator());
        return steps.stream().map(MappingStep::text).toList();
    }

    /** Publishes a position. Returns whether every master took it, and the masters are still the same. */
    public boolean publish(Position position, Masters on, Masters heldAt) throws InterruptedException {
        var steps = on.all().stream()
                .map(master -> PublishStep.publish(position, claim, master, heldAt))
                .toList();
        pipeline.run(steps.iterator());
        var keysThen = on.all().stream().map(Master::key).toList();
        return steps.stream().allMatch(PublishStep::published)
                && Set.copyOf(keysThen).equals(Set.copyOf(positionKeys()));
    }

    /** @throws SupersededException if another instance has claimed the namespace since */
    public void withdraw() throws InterruptedException {
        var steps =
                positionKeys().stream().map(key -> new WithdrawStep(key, claim)).toList();
        pipeline.run(steps.iterator());
        steps.forEach(WithdrawStep::check);
    }

    /** Records that a process reads the stream from a place. Returns how many were lost there. */
    public Losses beginReading(String process, String place, int enough, boolean again) throws InterruptedException {
        return reading.begin(positionKeys(), claim, process, place, enough, again);
    }

    /** Records that the process reads no more. Waits only a short time if Redis is unavailable. */
    public void endReading(String process) {
        reading.end(process);
    }
}
