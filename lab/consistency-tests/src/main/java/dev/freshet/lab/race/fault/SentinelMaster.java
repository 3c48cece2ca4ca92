// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

import dev.freshet.devservices.RedisNode;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.lab.race.redis.RedisConnection;
import io.lettuce.core.RedisException;
import java.time.Duration;

/** A Redis master with a replica, and Sentinels that promote the replica. Not thread-safe. */
final class SentinelMaster implements RedisMaster {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RedisSentinel sentinel;
    private final RedisConnection link;
    private RedisNode killed;

    SentinelMaster(RedisSentinel sentinel, RedisConnection link) {
        this.sentinel = sentinel;
        this.link = link;
    }

    @Override
    public void flush() {
        sentinel.flush();
    }

    @Override
    public void kill() {
        killed = sentinel.master();
        killed.kill();
    }

    @Override
    public void resume() {
        killed.resume();
    }

    /** The replica is promoted although the master runs. */
    void failOver() {
        sentinel.failOver();
    }

    /** The master is killed. Returns when the replica has been promoted and the connection leads to it. */
    void failOverByDeath() throws InterruptedException {
        var replica = sentinel.replica();
        kill();
        sentinel.awaitMaster(replica);
        awaitLink();
    }

    @Override
    public void settle() throws InterruptedException {
        sentinel.awaitReplica();
        awaitLink();
    }

    /** Waits for the connection: a server closes its connections when it stops being a master. */
    private void awaitLink() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!leadsToMaster()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the connection has not found " + sentinel.master() + " within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    private boolean leadsToMaster() {
        try {
            return String.valueOf(sentinel.master().port())
                    .equals(link.redis().configGet("port").get("port"));
        } catch (RedisException notYet) {
            return false;
        }
    }
}
