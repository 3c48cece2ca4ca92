// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Keeps the libraries' many lines, some of which contain row values, out of the log. */
public final class LogLevels {
    private static final String CONNECTOR = "io.debezium.connector.postgresql.";

    private LogLevels() {}

    /** Sets the libraries' log levels for this process; our own loggers are not changed. */
    public static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.debezium").setLevel(Level.WARN);
            context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
            // These put row values into their messages. We log failures of the engine ourselves.
            context.getLogger(CONNECTOR + "connection").setLevel(Level.OFF);
            context.getLogger(CONNECTOR + "PostgresValueConverter").setLevel(Level.OFF);
            context.getLogger(CONNECTOR + "PostgresChangeRecordEmitter").setLevel(Level.OFF);
            context.getLogger("io.debezium.relational").setLevel(Level.OFF);
            context.getLogger("io.debezium.pipeline").setLevel(Level.OFF);
            context.getLogger("io.debezium.embedded").setLevel(Level.OFF);
        }
    }
}
