// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts transactions by what they did. Thread-safe. */
public final class WriteCounters {
    private static final int KEPT = 10;

    private final ConcurrentSkipListMap<String, LongAdder> done = new ConcurrentSkipListMap<>();
    private final LongAdder committed = new LongAdder();
    private final LongAdder unclear = new LongAdder();
    private final List<String> broken = new ArrayList<>();

    void done(String what, boolean isCommitted) {
        done.computeIfAbsent(what, ignored -> new LongAdder()).increment();
        if (isCommitted) {
            committed.increment();
        }
    }

    void countUnclear() {
        unclear.increment();
    }

    /** Records something impossible: the run does not know the state of its own rows. */
    void broken(String what) {
        synchronized (broken) {
            if (broken.size() < KEPT) {
                broken.add(what);
            }
        }
    }

    /** The number of committed transactions. */
    public long committed() {
        return committed.sum();
    }

    /** The number of transactions whose response came late or never, so that the database had to be asked. */
    public long unclear() {
        return unclear.sum();
    }

    /** The number of transactions of each kind. */
    public Map<String, Long> byKind() {
        var kinds = new TreeMap<String, Long>();
        done.forEach((what, count) -> kinds.put(what, count.sum()));
        return kinds;
    }

    /** Statements that did not affect the expected rows; empty in every sound run. */
    public List<String> broken() {
        synchronized (broken) {
            return List.copyOf(broken);
        }
    }
}
