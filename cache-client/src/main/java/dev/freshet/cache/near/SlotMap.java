// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.near;

import dev.freshet.redis.MasterLink;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Which master serves which slot, as known at some moment, and what each master reports. Immutable, except for what the
 * masters report.
 */
final class SlotMap implements AutoCloseable {
    /** No masters. */
    static final SlotMap NONE = new SlotMap(List.of());

    private final List<Served> all;
    private final TrackedMaster[] bySlot;

    /** @param heard null if there is no connection */
    private record Served(
            String id, BitSet slots, StatefulRedisConnection<String, byte[]> connection, TrackedMaster heard) {
        boolean is(MasterLink<String, byte[]> master) {
            return id.equals(master.id())
                    && connection == master.connection().orElse(null)
                    && slots.equals(master.slots());
        }
    }

    private SlotMap(List<Served> all) {
        this.all = all;
        this.bySlot = new TrackedMaster[SlotHash.SLOT_COUNT];
        for (var one : all) {
            one.slots.stream().forEach(slot -> bySlot[slot] = one.heard);
        }
    }

    /** @param hear starts to track a master on its connection */
    static SlotMap of(
            List<MasterLink<String, byte[]>> masters,
            BiFunction<MasterLink<String, byte[]>, StatefulRedisConnection<String, byte[]>, TrackedMaster> hear) {
        var all = new ArrayList<Served>();
        for (var master : masters) {
            var connection = master.connection().orElse(null);
            all.add(new Served(
                    master.id(),
                    master.slots(),
                    connection,
                    connection == null ? null : hear.apply(master, connection)));
        }
        return new SlotMap(all);
    }

    /** Whether nothing has changed: every master serves the same slots, on the same connection. */
    boolean are(List<MasterLink<String, byte[]>> masters) {
        if (masters.size() != all.size()) {
            return false;
        }
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).is(masters.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The tracked master of a key; null if no master is known to serve it, or if the master is not connected. */
    TrackedMaster of(String key) {
        return all.size() == 1 ? all.get(0).heard : bySlot[SlotHash.getSlot(key)];
    }

    /** The masters that are connected. */
    List<TrackedMaster> heard() {
        return all.stream().filter(one -> one.heard != null).map(Served::heard).toList();
    }

    boolean areAllHeard() {
        return !all.isEmpty() && all.stream().allMatch(one -> one.heard != null);
    }

    @Override
    public void close() {
        heard().forEach(TrackedMaster::close);
    }
}
