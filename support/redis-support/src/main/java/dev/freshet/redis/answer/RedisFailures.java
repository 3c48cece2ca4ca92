// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.redis.answer;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisProtocolException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/** Describes in a few words why Redis fails. */
public final class RedisFailures {
    /** Of a command; and of a command in a script, since Redis 7.0 and before. */
    private static final List<String> RIGHTS =
            List.of("NOPERM", "ACL failure in script", "user executing the script can't run this command");

    /** What Lettuce says of a connection that ended. None of it says what happens next. */
    private static final Set<String> CLOSED = Set.of(
            "Connection is already closed",
            "Connection is already closed (concurrently)",
            "Connection is closed",
            "Connection closed",
            "Connection disconnected");

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
        if (root instanceof RedisException && CLOSED.contains(message)) {
            return "the connection was closed before the answer came; the next attempt connects again";
        }
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        return root instanceof RedisException || root instanceof IOException
                ? line
                : root.getClass().getSimpleName() + ": " + line;
    }

    /** Whether Redis answered that the user lacks a right. Another connection does not help, as rights count at once. */
    public static boolean isNoRight(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException && tellsNoRight(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    /** The same of a failure that is {@link #describe described} already. */
    public static boolean tellsNoRight(String described) {
        return RIGHTS.stream().anyMatch(described::contains);
    }

    /**
     * The same, with the user who was refused, if that is the cause.
     *
     * @param user null: the default one
     */
    public static String describe(Throwable failure, String user) {
        String cause = describe(failure);
        return cause.startsWith("WRONGPASS") || cause.startsWith("NOAUTH") || isNoRight(failure)
                ? cause + " (user " + (user == null ? "default" : user) + ")"
                : cause;
    }
}
