// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import dev.freshet.support.config.secret.Redaction;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Describes database failures for people. */
public final class SqlFailure {
    private static final String SAYS_NOTHING = "The connection attempt failed.";

    private SqlFailure() {}

    /** The driver's message, or the root cause if that message names none. */
    public static String message(SQLException failure) {
        Throwable root = failure;
        for (Throwable cause : causes(failure)) {
            if (cause instanceof UnknownHostException unknown) {
                // Some resolvers append a reason to the name: "db: Name or service not known".
                return "host " + Redaction.of(unknown.getMessage()).replaceFirst(": .*", "") + " is not known";
            }
            root = cause;
        }
        String message = SAYS_NOTHING.equals(failure.getMessage()) && root != failure
                ? root.getClass().getSimpleName() + ": " + root.getMessage()
                : failure.getMessage();
        return Redaction.of(message);
    }

    /** The first SQL exception among a failure and its causes. */
    public static Optional<SQLException> behind(Throwable failure) {
        return causes(failure).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    private static Set<Throwable> causes(Throwable failure) {
        var causes = new LinkedHashSet<Throwable>();
        for (Throwable cause = failure; cause != null && causes.add(cause); cause = cause.getCause()) {
            // visits each cause once
        }
        return causes;
    }
}
