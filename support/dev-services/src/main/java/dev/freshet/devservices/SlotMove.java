// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices;

import java.util.ArrayList;
import java.util.List;

/**
 * One slot of a {@link RedisCluster} on its way from one master to another. It is moved as
 * {@code redis-cli --cluster reshard} does (redis.io/docs/latest/commands/cluster-setslot), but step by step: keys move
 * one by one, and both masters keep serving. Not thread-safe.
 */
public final class SlotMove {
    private static final String MOST_MILLIS = "10000";

    private final RedisCluster cluster;
    private final String slot;
    private final RedisNode from;
    private final RedisNode to;

    SlotMove(RedisCluster cluster, String slot, RedisNode from, RedisNode to) {
        this.cluster = cluster;
        this.slot = slot;
        this.from = from;
        this.to = to;
        to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", cluster.idOf(from));
        from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", cluster.idOf(to));
    }

    /** The keys that have not been moved yet. */
    public List<String> left() {
        var keys = (List<?>) from.ask("CLUSTER", "GETKEYSINSLOT", slot, "" + Integer.MAX_VALUE);
        return keys.stream().map(String::valueOf).toList();
    }

    /** Moves one key. Does nothing if it does not exist any more. */
    public void move(String key) {
        var command = new ArrayList<>(List.of("MIGRATE", to.host(), "" + to.port(), key, "0", MOST_MILLIS));
        if (to.password() != null) {
            command.addAll(List.of("AUTH", to.password()));
        }
        from.ask(command.toArray(String[]::new));
    }

    /** Moves the remaining keys. Returns when every node knows the new master of the slot. */
    public void finish() {
        // Commands that began earlier may still write keys.
        for (var keys = left(); !keys.isEmpty(); keys = left()) {
            keys.forEach(this::move);
        }
        to.ask("CLUSTER", "SETSLOT", slot, "NODE", cluster.idOf(to));
        from.ask("CLUSTER", "SETSLOT", slot, "NODE", cluster.idOf(to));
        RedisGroup.await(to + " serves slot " + slot, () -> cluster.allKnow(slot, to));
    }
}
