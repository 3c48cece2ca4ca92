// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.writer;

import dev.freshet.lab.race.transaction.OutcomeQuery;
import java.util.List;

/**
 * What all writers share.
 *
 * @param pauseMillis maximum pause of a writer after each transaction
 * @param truncateOnceIn one in this many transactions empties tables
 */
record WriterContext(
        OutcomeQuery outcomeQuery,
        List<WriteListener> listeners,
        WriteCounters counters,
        int pauseMillis,
        int truncateOnceIn) {
    WriterContext {
        listeners = List.copyOf(listeners);
    }
}
