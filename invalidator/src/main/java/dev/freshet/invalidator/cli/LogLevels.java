// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Keeps the libraries' many lines, and the rows' values in some of them, out of the log. */
public final class LogLevels {
    private static final String CONNECTOR = "io.debezium.connector.postgresql.";

    private LogLevels() {}

    /** Sets the levels of this process; says nothing of our own loggers. */
    public static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.debezium").setLevel(Level.WARN);
            context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
            // These put values of rows into their messages. What stops the engine we log ourselves.
            context.getLogger(CONNECTOR + "connection").setLevel(Level.OFF);
            context.getLogger(CONNECTOR + "PostgresValueConverter").setLevel(Level.OFF);
            context.getLogger(CONNECTOR + "PostgresChangeRecordEmitter").setLevel(Level.OFF);
            context.getLogger("io.debezium.relational").setLevel(Level.OFF);
            context.getLogger("io.debezium.pipeline").setLevel(Level.OFF);
            context.getLogger("io.debezium.embedded").setLevel(Level.OFF);
        }
    }
}
