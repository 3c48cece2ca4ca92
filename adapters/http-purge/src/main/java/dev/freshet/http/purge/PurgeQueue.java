// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import dev.freshet.protocol.Lsn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is still to be purged, in order, each key once; and which positions wait for it. One thread adds, another one
 * takes.
 */
final class PurgeQueue {
    private final int capacity;
    /** Key to number of its addition. */
    private final Map<String, Long> pending = new LinkedHashMap<>();

    private final Deque<Mark> marks = new ArrayDeque<>();
    private boolean everything;
    private int taken;
    /** The number of the last addition. */
    private long added;
    /** All additions up to this number were accepted, or came to nothing by {@link #reset}. */
    private long accepted;

    private Lsn settled = Lsn.ZERO;
    private boolean closed;

    /** @param capacity how many keys may wait; who adds more waits as well */
    PurgeQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * What is purged by one request.
     *
     * @param keys empty for everything
     * @param through the number of the last addition in it
     */
    record Batch(List<String> keys, long through) {}

    /** @param number of the last addition before the position was published */
    private record Mark(Lsn lsn, long number) {}

    /** Adds a key. One that waits already is not added: what is sent is sent after this moment. */
    synchronized void add(String key) throws InterruptedException {
        if (everything || pending.containsKey(key)) {
            return;
        }
        while (pending.size() >= capacity) {
            await();
        }
        pending.put(key, ++added);
        if (pending.size() == 1) {
            notifyAll();
        }
    }

    /** Adds all keys that there are, in the place of those that wait. */
    synchronized void addEverything() {
        pending.clear();
        everything = true;
        added++;
        notifyAll();
    }

    /**
     * Waits for the next batch. It counts as waiting until it is {@link #accepted}.
     *
     * @param mostKeys how many keys it may have
     * @param mostBytes how long they may be together, with a separator each; one key is taken however long it is
     */
    synchronized Batch take(int mostKeys, int mostBytes) throws InterruptedException {
        while (!everything && pending.isEmpty()) {
            await();
        }
        if (everything) {
            everything = false;
            taken = 1;
            return new Batch(List.of(), added);
        }
        var keys = new ArrayList<String>();
        long bytes = 0;
        long through = accepted;
        var next = pending.entrySet().iterator();
        while (next.hasNext() && keys.size() < mostKeys) {
            var entry = next.next();
            bytes += entry.getKey().length() + 1;
            if (bytes > mostBytes && !keys.isEmpty()) {
                break;
            }
            keys.add(entry.getKey());
            through = entry.getValue();
            next.remove();
        }
        taken = keys.size();
        notifyAll();
        return new Batch(keys, through);
    }

    /** The batch that was taken last was accepted. */
    synchronized void accepted(Batch batch) {
        accepted = Math.max(accepted, batch.through());
        taken = 0;
        notifyAll();
    }

    /** Waits until all that was added so far is accepted. */
    synchronized void awaitAccepted() throws InterruptedException {
        long all = added;
        while (accepted < all) {
            await();
        }
    }

    /** A position was published, that covers all that was added so far. */
    synchronized void published(Lsn lsn) {
        Mark last = marks.peekLast();
        if (last != null && last.number() == added) {
            marks.removeLast();
        }
        marks.addLast(new Mark(lsn, added));
    }

    /** The last published position that covers nothing but what was accepted. */
    synchronized Lsn settled() {
        while (!marks.isEmpty() && marks.peekFirst().number() <= accepted) {
            settled = marks.removeFirst().lsn();
        }
        return settled;
    }

    /** Forgets all: what was not accepted was not acknowledged either, and is added again. */
    synchronized void reset() {
        pending.clear();
        everything = false;
        marks.clear();
        accepted = added;
        settled = Lsn.ZERO;
        notifyAll();
    }

    /** How many keys are not accepted yet. */
    synchronized int size() {
        return pending.size() + taken + (everything ? 1 : 0);
    }

    /** Whoever waits gets an {@link IllegalStateException}. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void await() throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("HTTP purge is closed");
        }
        wait();
    }
}
