// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory;

import dev.freshet.redis.memory.command.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Redis' protocol, version 2: texts of bytes, one in each character. */
final class Resp {
    private static final String END = "\r\n";

    private Resp() {}

    /** The words of one command: {@code *2}, {@code $3}, {@code GET}, and so on. */
    static List<String> words(String command) {
        int at = command.indexOf(END);
        int count = Integer.parseInt(command.substring(1, at));
        at += END.length();
        var words = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            int end = command.indexOf(END, at);
            int length = Integer.parseInt(command.substring(at + 1, end));
            int start = end + END.length();
            words.add(command.substring(start, start + length));
            at = start + length + END.length();
        }
        return words;
    }

    static byte[] bytes(Reply reply) {
        var text = new StringBuilder();
        write(reply, text);
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void write(Reply reply, StringBuilder to) {
        if (reply instanceof Reply.Bulk bulk) {
            to.append('$').append(bulk.bytes().length()).append(END).append(bulk.bytes());
        } else if (reply instanceof Reply.Number number) {
            to.append(':').append(number.value());
        } else if (reply instanceof Reply.Status status) {
            to.append('+').append(status.text());
        } else if (reply instanceof Reply.Failure failure) {
            to.append('-').append(failure.text().replaceAll("[\r\n]+", " "));
        } else if (reply instanceof Reply.Many many) {
            to.append('*').append(many.replies().size()).append(END);
            many.replies().forEach(one -> write(one, to));
            return;
        } else {
            to.append("$-1");
        }
        to.append(END);
    }
}
