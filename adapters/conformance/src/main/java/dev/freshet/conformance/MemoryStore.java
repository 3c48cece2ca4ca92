// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.Holder;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.Standing;
import dev.freshet.core.cache.SupersededException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a store with one master keeps: keys, and a position with what stands beside it. It follows the scripts of {@code
 * protocol}: {@code publish}, {@code withdraw}, {@code claim}, {@code begin-reading}, {@code end-reading}. Thread-safe.
 */
public final class MemoryStore {
    private static final String KEY = "~position";

    private final Set<String> keys = new TreeSet<>();
    private String identity = "first";
    private Position position;
    private String publishedOn;
    private Holder holder;
    private Owner owner;
    private String mapping;
    private String mappingText;
    private long claim;
    private long publications;
    private String readBy;
    private String readFrom;
    private final Set<String> lost = new LinkedHashSet<>();
    private int enough;

    /** A program stores a key. */
    public synchronized void write(String key) {
        keys.add(key);
    }

    public synchronized boolean has(String key) {
        return keys.contains(key);
    }

    /** The server is restarted from what it has, or a replica takes its place. */
    public synchronized void becomeAnotherMaster() {
        identity += "'";
    }

    synchronized List<String> remove(Predicate<String> which) {
        List<String> removed = keys.stream().filter(which).toList();
        removed.forEach(keys::remove);
        return removed;
    }

    synchronized Master master() {
        var standing = new Standing(
                Optional.ofNullable(owner),
                null,
                claim,
                mapping,
                position == null ? null : Long.toString(publications),
                null);
        return new Master(
                KEY, identity, 0, Optional.ofNullable(position), Optional.ofNullable(holder), publishedOn, standing);
    }

    synchronized Optional<String> mappingText() {
        return Optional.ofNullable(mappingText);
    }

    synchronized boolean claim(Claim now, Owner own, boolean takeOver) {
        boolean others = owner != null && !owner.isSame(own);
        if (now.number() <= claim || (others && !takeOver)) {
            return false;
        }
        claim = now.number();
        if (others) {
            drop();
            owner = own;
            holder = null;
        }
        return true;
    }

    synchronized boolean publish(Position next, Claim by, Masters on) {
        refuse(by);
        if (on.all().size() != 1 || !on.all().get(0).identity().equals(identity)) {
            return false;
        }
        position = next;
        publishedOn = identity;
        publications++;
        Position.Origin origin = next.origin();
        owner = new Owner(origin.systemIdentifier(), origin.database(), origin.slot());
        holder = new Holder(origin, next.contract());
        mapping = next.contract().mapping();
        claim = Math.max(claim, by.number());
        if (!by.mapping().isEmpty()) {
            mappingText = by.mapping();
        }
        return true;
    }

    synchronized void withdraw(Claim by) {
        refuse(by);
        drop();
    }

    private void drop() {
        position = null;
        publishedOn = null;
    }

    private void refuse(Claim by) {
        if (claim > by.number()) {
            throw new SupersededException(KEY);
        }
    }

    synchronized Losses beginReading(Claim by, String process, String place, int wanted, boolean again) {
        if (claim > by.number()) {
            return new Losses(0, wanted);
        }
        List<String> still = new ArrayList<>();
        int threshold = wanted;
        if (place.equals(readFrom)) {
            threshold = enough;
            lost.stream()
                    .filter(one -> !one.equals(process) && !one.equals(readBy))
                    .forEach(still::add);
            if (readBy != null && !readBy.equals(process)) {
                still.add(readBy);
            }
            if (again && readBy == null && still.size() >= threshold) {
                still.clear();
            }
        }
        lost.clear();
        lost.addAll(still);
        enough = threshold;
        readBy = process;
        readFrom = place;
        return new Losses(lost.size(), threshold);
    }

    synchronized void endReading(String process) {
        lost.remove(process);
        if (process.equals(readBy)) {
            readBy = null;
        }
    }
}
