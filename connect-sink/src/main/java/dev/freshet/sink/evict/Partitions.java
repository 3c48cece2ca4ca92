// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The partitions that a task holds, and the offset that must come next in each. What is missing in between was dropped:
 * by the topic's retention, by a transform, by a converter that failed. Connect tells at each commit where it stands in
 * every partition, also in those from which nothing came. Thread-safe, and never waits: partitions come and go while a
 * batch is worked on.
 */
public final class Partitions {
    /** The next offset, and when that was so, in milliseconds since 1970. */
    private static final Pattern NOTE = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})");

    private final String prefix;
    private final Duration retention;
    private final Clock clock;
    private final Set<String> held = new HashSet<>();
    private final Map<String, Long> next = new HashMap<>();
    /** When the partitions were worked on last. */
    private long workedAt;

    /** Partitions that were given to the task, and whose notes were not read yet; each with the time that it was given. */
    private final Map<String, Opening> opened = new HashMap<>();

    /**
     * @param connector its name; each has notes of its own
     * @param retention how long topics keep records at least. A partition that was not worked on for longer may have lost
     *     some; if no other follows, nothing else tells
     */
    public Partitions(String connector, Duration retention, Clock clock) {
        this.prefix = connector + " ";
        this.retention = retention;
        this.clock = clock;
        this.workedAt = clock.millis();
    }

    /** One time that a partition was given to the task. Compared by identity. */
    private static final class Opening {}

    /**
     * Partitions whose notes were read.
     *
     * @param loss why records may be missing before the first one that comes
     */
    public record Resumed(Map<String, ?> partitions, Optional<String> loss) {}

    /** The task is given these partitions. */
    public synchronized void open(Collection<String> partitions) {
        held.addAll(partitions);
        partitions.forEach(partition -> opened.put(partition, new Opening()));
    }

    /** The task has lost these partitions. */
    public synchronized void close(Collection<String> partitions) {
        held.removeAll(partitions);
        opened.keySet().removeAll(partitions);
        next.keySet().removeAll(partitions);
    }

    /** Whether notes must be read before records are worked on. */
    public synchronized boolean hasOpened() {
        return !opened.isEmpty();
    }

    /** Reads the notes of new partitions. */
    public Resumed resume(OffsetLog log) throws InterruptedException {
        Map<String, Opening> these;
        synchronized (this) {
            these = Map.copyOf(opened);
        }
        // Without the lock: this waits for Redis.
        Map<String, String> notes = these.isEmpty()
                ? Map.of()
                : log.read(these.keySet().stream().map(prefix::concat).toList());
        return new Resumed(these, resume(these, notes));
    }

    private synchronized Optional<String> resume(Map<String, Opening> these, Map<String, String> notes) {
        Optional<String> loss = idle(workedAt).map(since -> "no task worked since " + since);
        for (Map.Entry<String, Opening> one : these.entrySet()) {
            String partition = one.getKey();
            Matcher note = NOTE.matcher(notes.getOrDefault(prefix + partition, ""));
            boolean said = note.matches();
            if (opened.get(partition) == one.getValue()) {
                if (said) {
                    next.put(partition, Long.parseLong(note.group(1)));
                } else {
                    next.remove(partition);
                }
            }
            if (!said) {
                loss = Optional.of("Redis does not say how far partition " + partition
                        + " was evicted: this connector is new, or Redis was emptied");
            } else {
                loss = loss.or(() -> idle(Long.parseLong(note.group(2)))
                        .map(since -> "partition " + partition + " was not worked on since " + since));
            }
        }
        return loss;
    }

    /** Since when, if topics may have dropped records meanwhile that no task has seen. */
    private Optional<String> idle(long since) {
        return clock.millis() - since > retention.toMillis()
                ? Optional.of(Instant.ofEpochMilli(since)
                        + ", for longer than topics keep records (topic.retention.ms is " + retention.toMillis() + ")")
                : Optional.empty();
    }

    /** What {@link #resume} read is settled: evicted, if anything was missing. */
    public synchronized void settled(Resumed resumed) {
        resumed.partitions().forEach(opened::remove);
    }

    /**
     * Whether the first record of a partition may not be the first that there was. Connect tells where a partition begins
     * at the first commit. A record in the batch that reads the notes needs no answer: whatever was dropped before it was so
     * before the namespace is evicted for want of a note.
     */
    public synchronized Optional<String> begunLate(String partition, long offset, Map<String, Long> reached) {
        boolean known = next.containsKey(partition) || reached.containsKey(partition) || opened.containsKey(partition);
        return known || offset == 0 || !held.contains(partition)
                ? Optional.empty()
                : Optional.of("the first record of partition " + partition + " that came is at offset " + offset
                        + ", and Connect has not told that the partition begins there");
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
    public synchronized void advance(Map<String, Long> reached) {
        workedAt = clock.millis();
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

    /** What to note once everything before these offsets is evicted. A lost partition's notes are another task's. */
    public synchronized Map<String, String> notes(Map<String, Long> reached) {
        var all = new HashMap<>(next);
        reached.forEach((partition, offset) -> {
            if (held.contains(partition)) {
                all.merge(partition, offset, Math::max);
            }
        });
        var notes = new HashMap<String, String>();
        all.forEach((partition, offset) -> notes.put(prefix + partition, offset + " " + clock.millis()));
        return notes;
    }
}
