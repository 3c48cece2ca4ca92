// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import java.util.List;

/**
 * What all writers share.
 *
 * @param pauseMillis how long a writer rests at most after each transaction
 * @param truncateOnceIn one transaction in so many empties tables
 */
record WriterTools(
        Enquiry enquiry, List<Aftermath> aftermath, WriteCounters counters, int pauseMillis, int truncateOnceIn) {
    WriterTools {
        aftermath = List.copyOf(aftermath);
    }
}
