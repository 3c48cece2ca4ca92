// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.memory.command;

import java.util.List;
import java.util.Locale;

/**
 * The words of a command behind its name.
 *
 * @param words bytes, one in each character
 */
public record Arguments(List<String> words) {
    public String at(int at) {
        if (at >= words.size()) {
            throw CommandFailure.syntax();
        }
        return words.get(at);
    }

    String key() {
        return at(0);
    }

    /** In upper case. */
    public String keyword(int at) {
        return at(at).toUpperCase(Locale.ROOT);
    }

    boolean has(int at) {
        return at < words.size();
    }

    public List<String> from(int at) {
        return words.subList(Math.min(at, words.size()), words.size());
    }

    public long integer(int at) {
        try {
            return Long.parseLong(at(at));
        } catch (NumberFormatException e) {
            throw CommandFailure.noInteger();
        }
    }
}
