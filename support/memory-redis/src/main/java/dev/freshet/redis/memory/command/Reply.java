// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.List;

/** What a command answers, as Redis' protocol has it. Texts hold bytes, one in each character. Immutable. */
public sealed interface Reply {
    Reply NIL = new Nil();
    Reply OK = new Status("OK");

    record Nil() implements Reply {}

    record Status(String text) implements Reply {}

    record Number(long value) implements Reply {}

    record Bulk(String bytes) implements Reply {}

    record Many(List<Reply> replies) implements Reply {}

    /** @param text with its code in front, such as {@code WRONGTYPE} */
    record Failure(String text) implements Reply {}

    /** A text, or {@link #NIL} for null. */
    static Reply bulk(String bytes) {
        return bytes == null ? NIL : new Bulk(bytes);
    }

    static Reply number(boolean yes) {
        return new Number(yes ? 1 : 0);
    }

    static Reply bulks(Iterable<String> texts) {
        var replies = new java.util.ArrayList<Reply>();
        texts.forEach(text -> replies.add(bulk(text)));
        return new Many(replies);
    }
}
