// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import dev.freshet.lab.bench.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All bars beside what was measured. */
public final class BarTable {
    private BarTable() {}

    /** A header, and a row for each bar. */
    public static List<List<String>> rows(Map<String, Results> results) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "measured", "must be", "holds"));
        for (Bar bar : Bars.ALL) {
            rows.add(List.of(
                    bar.benchmark() + ": " + bar.name(),
                    bar.measured(results).map(bar::text).orElse("not measured"),
                    bar.limitText(),
                    bar.holds(results).map(holds -> holds ? "yes" : "NO").orElse("?")));
        }
        return rows;
    }

    /** How many of them hold, of how many that were measured, in words. */
    public static String count(Map<String, Results> results) {
        var measured =
                Bars.ALL.stream().flatMap(bar -> bar.holds(results).stream()).toList();
        long held = measured.stream().filter(holds -> holds).count();
        return "%d of %d hold; %d were not measured"
                .formatted(held, measured.size(), Bars.ALL.size() - measured.size());
    }
}
