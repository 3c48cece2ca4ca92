// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol.model;

/**
 * A reader, between the steps of a read.
 *
 * @param token null if it has none
 * @param value what it loaded
 * @param asked the position that it was told before the read, where that is a round trip of its own
 * @param loads how many more times it may load
 * @param kept what its process keeps for when loads fail; {@link Redis#NONE} if nothing
 * @param since the position that was published when it was asked for what is kept
 */
record Reader(Phase phase, Token token, int value, int asked, int loads, int kept, int since) {
    enum Phase {
        IDLE,
        MISSED,
        IN_FLIGHT,
        LOADED,
        SEALED,
        STORED,
        REFUSED,
        /** For the load of another process. */
        WAITING
    }

    static Reader idle(int loads) {
        return new Reader(Phase.IDLE, null, 0, Redis.NONE, loads, Redis.NONE, 0);
    }

    /** Between two reads. */
    Reader idle() {
        return new Reader(Phase.IDLE, null, 0, Redis.NONE, loads, kept, since);
    }

    Reader keeps(int found, int position) {
        return new Reader(phase, token, value, asked, loads, found, position);
    }

    void pack(Key key) {
        key.add(phase.ordinal()).add(value).add(asked).add(loads).add(kept).add(since);
        if (token == null) {
            key.add(Redis.NONE);
        } else {
            key.add(token.set()).add(token.time());
        }
    }

    Reader asked(int position) {
        return new Reader(phase, token, value, position, loads, kept, since);
    }

    Reader missed(Token taken) {
        return new Reader(Phase.MISSED, taken, 0, Redis.NONE, loads - 1, kept, since);
    }

    Reader at(Phase next) {
        return new Reader(next, token, value, asked, loads, kept, since);
    }

    Reader loaded(int found) {
        return new Reader(Phase.LOADED, token, found, asked, loads, kept, since);
    }

    Reader withToken(Token other) {
        return new Reader(phase, other, value, asked, loads, kept, since);
    }
}
