// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.report;

import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.history.Protocol;
import java.util.Map;
import java.util.TreeMap;

/** How Freshet's answers were obtained, for all levels together. */
final class AnswerCounts {
    private AnswerCounts() {}

    static Map<String, Long> of(ReadCounters counters) {
        var sums = new TreeMap<String, Long>();
        for (var group : counters.groups()) {
            if (group.protocol() == Protocol.FRESHET) {
                counters.of(group).statuses().forEach((status, count) -> sums.merge(status, count, Long::sum));
            }
        }
        return sums;
    }
}
