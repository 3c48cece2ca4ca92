// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import dev.freshet.redis.MasterLink;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Who serves which slot, as it was known at some moment, and what is heard of each master. Immutable, but for what is
 * heard.
 */
final class SlotMap implements AutoCloseable {
    /** Nobody is heard. */
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

    /** @param hear begins to hear a master on its connection */
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

    /** Whether nothing has changed: each serves the same slots, by the same connection. */
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

    /** What is heard of the master of a key; null if nobody is known to serve it, or it was not connected to. */
    TrackedMaster of(String key) {
        return all.size() == 1 ? all.get(0).heard : bySlot[SlotHash.getSlot(key)];
    }

    /** Those that are connected to. */
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
