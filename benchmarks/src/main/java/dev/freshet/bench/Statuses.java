// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.Tallies;
import java.util.Map;
import java.util.TreeMap;

/** How Freshet's answers were obtained, for all levels together. */
final class Statuses {
    private Statuses() {}

    static Map<String, Long> of(Tallies tallies) {
        var sums = new TreeMap<String, Long>();
        for (var group : tallies.groups()) {
            if (group.protocol() == Protocol.FRESHET) {
                tallies.get(group).statuses().forEach((status, count) -> sums.merge(status, count, Long::sum));
            }
        }
        return sums;
    }
}
