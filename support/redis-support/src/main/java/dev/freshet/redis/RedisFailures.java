// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisProtocolException;
import java.io.IOException;
import java.net.UnknownHostException;

/** Describes in a few words why Redis fails. */
public final class RedisFailures {
    private RedisFailures() {}

    /** Describes the innermost cause in one line. */
    public static String describe(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        if (root instanceof UnknownHostException && message != null) {
            return "unknown host " + message.split(":", 2)[0];
        }
        if (root instanceof RedisProtocolException) {
            return "what answers there is not Redis; expected Redis there, check host and port";
        }
        if (message == null || message.isBlank()) {
            return root.getClass().getSimpleName();
        }
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        return root instanceof RedisException || root instanceof IOException
                ? line
                : root.getClass().getSimpleName() + ": " + line;
    }

    /** The same, with the user who was refused, if that is the cause. */
    static String describe(Throwable failure, RedisAddress address) {
        String cause = describe(failure);
        return cause.startsWith("WRONGPASS") || cause.startsWith("NOAUTH") || cause.startsWith("NOPERM")
                ? cause + " (user " + (address.user() == null ? "default" : address.user()) + ")"
                : cause;
    }
}
