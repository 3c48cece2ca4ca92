// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.core.plan.Eviction;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.event.StreamEvent;
import dev.freshet.debezium.json.MappedTables;

/** Plans a recorded stream, line by line, and hands over evictions transaction by transaction. */
interface LinePlan {
    /** Receives evictions. */
    interface Output {
        /**
         * Receives one.
         *
         * @param change {@code gained} or {@code lost} against another mapping; empty if there is no other
         * @param tables of the mapping that evicts it
         */
        void eviction(String change, Eviction eviction, MappedTables tables);
    }

    /** Takes one line. Returns what it is. */
    StreamEvent line(String text) throws BadEventException;

    /** There are no more lines. */
    void endOfStream() throws BadEventException;

    /** Plans what came so far as if it were complete. */
    void end();

    long transactions();

    /** How much was handed over, given what was written. */
    String total(EvictionWriter written);
}
