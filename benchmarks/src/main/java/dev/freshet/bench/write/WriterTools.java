// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.write;

import java.util.List;

/**
 * What all writers share.
 *
 * @param pauseMillis maximum pause of a writer after each transaction
 * @param truncateOnceIn one in this many transactions empties tables
 */
record WriterTools(
        Enquiry enquiry, List<Aftermath> aftermath, WriteCounters counters, int pauseMillis, int truncateOnceIn) {
    WriterTools {
        aftermath = List.copyOf(aftermath);
    }
}
