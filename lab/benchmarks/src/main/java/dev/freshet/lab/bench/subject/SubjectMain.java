// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import java.sql.SQLException;

/** Runs one subject, named by the only argument, until the process is ended. */
public final class SubjectMain {
    /** The subject that reads the replication stream itself. */
    public static final String FLOOR = "floor";
    /** Debezium with its default settings and a handler that does nothing. */
    public static final String DEBEZIUM = "debezium";
    /** Debezium that polls every 10 ms, with a handler that unlinks one key an event and waits for the answer. */
    public static final String DEBEZIUM_UNLINK = "debezium-unlink";
    /** Debezium with its default settings, and the same handler. */
    public static final String DEBEZIUM_DEFAULTS = "debezium-defaults";
    /** The listener of a row trigger's notifications. */
    public static final String LISTEN = "listen";

    /** Nobody evicts: keys expire. */
    public static final String TTL = "ttl";

    private SubjectMain() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        var settings = SubjectSettings.of(System.getenv());
        switch (arguments[0]) {
            case FLOOR -> FloorSubject.run(settings);
            case DEBEZIUM -> DebeziumSubject.doNothing(settings);
            case DEBEZIUM_UNLINK -> DebeziumSubject.unlink(settings);
            case DEBEZIUM_DEFAULTS -> DebeziumSubject.unlinkWithDefaults(settings);
            case TTL -> Thread.currentThread().join();
            case LISTEN -> ListenSubject.run(settings);
            default -> throw new IllegalArgumentException("'" + arguments[0] + "' is not a subject");
        }
    }
}
