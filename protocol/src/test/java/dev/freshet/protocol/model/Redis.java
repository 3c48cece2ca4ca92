// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * One Redis server: the keys of one isolate, and the published position. Each method is one atomic script or command.
 *
 * @param master which master this is: another after every failover
 * @param fences null if there is no fence set
 * @param entry the value of the one entry, or {@link #NONE}
 * @param listed the tags whose sets list the entry's key, whether or not the entry is there
 * @param position how many commits are evicted, or {@link #NONE}
 * @param positionOf the master that the position was published on
 */
record Redis(int master, Clock clock, Fences fences, int entry, int listed, int position, int positionOf) {
    static final int NONE = -1;

    static Redis empty(int master, Clock clock) {
        return new Redis(master, clock, null, NONE, Row.NO_ROWS, NONE, master);
    }

    /** What begin.lua finds: the entry counts only if all of its tags are evicted and list it. */
    boolean isHit(Protocol protocol) {
        return entry != NONE
                && (!protocol.has(Guard.ENTRY_IS_COVERED) || protocol.isCovered(protocol.tags(entry)))
                && (!protocol.has(Guard.TAGS_LIST_ENTRY) || (protocol.tags(entry) & ~listed) == 0);
    }

    /** What begin.lua leaves behind after a miss. */
    Redis begun(int newSet, Protocol protocol) {
        var ticked = clock.tick();
        Fences kept;
        if (fences == null) {
            kept = Fences.createdAt(newSet, ticked.wall());
        } else if (protocol.has(Guard.CLOCK_KEPT_BY_BEGIN)) {
            kept = fences.withClock(fences.next(ticked.wall(), protocol));
        } else {
            kept = fences;
        }
        int left = protocol.has(Guard.BEGIN_UNLINKS_UNLISTED) ? NONE : entry;
        return new Redis(master, ticked, kept, left, listed, position, positionOf);
    }

    /** The token that goes with {@link #begun}. */
    Token token(int newSet, Protocol protocol) {
        int wall = clock.tick().wall();
        return fences == null ? new Token(newSet, wall) : new Token(fences.set(), fences.next(wall, protocol));
    }

    /** Why fill.lua would refuse. */
    FillOutcome judge(Token token, int value, Protocol protocol) {
        if (protocol.has(Guard.FILL_IS_COVERED) && !protocol.isCovered(protocol.tags(value))) {
            return FillOutcome.UNCOVERED;
        }
        if (fences == null ? protocol.has(Guard.SET_STANDS) : fences.isAnotherThan(token, protocol)) {
            return FillOutcome.LOST;
        }
        if (protocol.has(Guard.TOKEN_IS_YOUNG) && token.time() <= clock.half()) {
            return FillOutcome.OLD;
        }
        boolean fenced = fences != null && fences.refuses(token, protocol.tags(value), protocol);
        return fenced ? FillOutcome.FENCED : FillOutcome.STORED;
    }

    Redis stored(int value, Protocol protocol) {
        return withEntry(value).withListed(listed | protocol.tags(value));
    }

    /** A fill that broke off after its first writes. */
    Redis halfStored(int value, Protocol protocol) {
        return protocol.has(Guard.ENTRY_BEFORE_TAGS) ? withEntry(value) : withListed(listed | protocol.tags(value));
    }

    /** The first half of invalidate.lua. Where there is no fence set there is nothing to hold a fence against. */
    Redis fenced(int rows, Protocol protocol) {
        var ticked = clock.tick();
        var kept = fences == null
                ? null
                : fences.fenced(rows, fences.next(ticked.wall(), protocol)).trimmed(clock.full());
        return new Redis(master, ticked, kept, entry, listed, position, positionOf);
    }

    /** The second half: empties the sets of some tags, and unlinks the keys that were in them. */
    Redis unlinked(int rows) {
        boolean found = (listed & rows) != 0;
        return withEntry(found ? NONE : entry).withListed(listed & ~rows);
    }

    Redis withEntry(int value) {
        return new Redis(master, clock, fences, value, listed, position, positionOf);
    }

    Redis withListed(int tags) {
        return new Redis(master, clock, fences, entry, tags, position, positionOf);
    }

    Redis withoutFences() {
        return new Redis(master, clock, null, entry, listed, position, positionOf);
    }

    Redis withClock(Clock other) {
        return new Redis(master, other, fences, entry, listed, position, positionOf);
    }

    Redis published(int upTo) {
        return new Redis(master, clock, fences, entry, listed, upTo, master);
    }

    Redis promoted(int newMaster) {
        return new Redis(newMaster, clock, fences, entry, listed, position, positionOf);
    }

    void note(Times times) {
        if (fences != null) {
            fences.note(times);
        }
    }

    void noteClocks(Times times) {
        clock.note(times);
        if (fences != null) {
            fences.noteClock(times);
        }
    }

    Redis withoutIdleFences(Times times) {
        return fences == null
                ? this
                : new Redis(master, clock, fences.withoutIdle(times), entry, listed, position, positionOf);
    }

    void pack(Key key) {
        clock.pack(key);
        if (fences == null) {
            key.add(NONE);
        } else {
            fences.pack(key);
        }
        key.add(master).add(entry).add(listed).add(position).add(positionOf);
    }

    Redis renumbered(Times times) {
        return new Redis(
                master,
                clock.renumbered(times),
                fences == null ? null : fences.renumbered(times),
                entry,
                listed,
                position,
                positionOf);
    }
}
