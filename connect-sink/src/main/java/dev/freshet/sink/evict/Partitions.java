// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The partitions that a task holds, and the offset that must come next in each. What is missing in between was dropped:
 * by the topic's retention, by a transform, by a converter that failed. Connect tells at each commit where it stands in
 * every partition, also in those from which nothing came. Thread-safe.
 */
public final class Partitions {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final String prefix;
    private final Map<String, Long> next = new HashMap<>();
    /** Partitions that were given to the task, and whose notes were not read yet. */
    private final List<String> opened = new ArrayList<>();

    /** @param connector its name; each has notes of its own */
    public Partitions(String connector) {
        this.prefix = connector + " ";
    }

    /** The task is given these partitions. */
    public synchronized void open(Collection<String> partitions) {
        opened.removeAll(partitions);
        opened.addAll(partitions);
    }

    /** The task has lost these partitions. */
    public synchronized void close(Collection<String> partitions) {
        opened.removeAll(partitions);
        next.keySet().removeAll(partitions);
    }

    /** Whether notes must be read before records are worked on. */
    public synchronized boolean hasOpened() {
        return !opened.isEmpty();
    }

    /** Reads the notes of new partitions. Returns why records may be missing before the first one that comes. */
    public synchronized Optional<String> resume(OffsetLog log) throws InterruptedException {
        Map<String, String> notes = log.read(opened.stream().map(prefix::concat).toList());
        String why = null;
        for (String partition : opened) {
            String note = notes.get(prefix + partition);
            if (note != null && NUMBER.matcher(note).matches()) {
                next.put(partition, Long.parseLong(note));
            } else {
                next.remove(partition);
                why = "Redis does not say how far partition " + partition
                        + " was evicted: this connector is new, or Redis was emptied";
            }
        }
        return Optional.ofNullable(why);
    }

    /** What {@link #resume} read is settled: evicted, if anything was missing. */
    public synchronized void resumed() {
        opened.clear();
    }

    /**
     * Whether an offset leaves a hole.
     *
     * @param offset of the next record of the partition, or of the first one that is not there yet
     * @param reached by partition, what this batch has reached so far
     */
    public synchronized Optional<String> hole(String partition, long offset, Map<String, Long> reached) {
        Long known = next.get(partition);
        Long inBatch = reached.get(partition);
        // Records that come again are behind what is known.
        Long expected = known == null || inBatch != null && inBatch > known ? inBatch : known;
        return expected == null || offset <= expected
                ? Optional.empty()
                : Optional.of("records " + expected + " to " + (offset - 1) + " of partition " + partition
                        + " did not come: the topic has dropped them, a transform or a converter of this connector did,"
                        + " or the source connector writes in transactions (exactly.once.support)");
    }

    /** Everything before these offsets is evicted. Partitions that were lost meanwhile are left out. */
    public synchronized void advance(Map<String, Long> reached, Collection<String> held) {
        reached.forEach((partition, offset) -> {
            if (held.contains(partition)) {
                next.merge(partition, offset, Math::max);
            }
        });
    }

    /** The offset up to which a partition is evicted; null if nothing is known of it. */
    public synchronized Long next(String partition) {
        return next.get(partition);
    }

    /** What to note once everything before these offsets is evicted. */
    public synchronized Map<String, String> notes(Map<String, Long> reached) {
        var all = new HashMap<>(next);
        reached.forEach((partition, offset) -> all.merge(partition, offset, Math::max));
        var notes = new HashMap<String, String>();
        all.forEach((partition, offset) -> notes.put(prefix + partition, Long.toString(offset)));
        return notes;
    }
}
