// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.bar;

import static dev.freshet.lab.bench.bar.Bar.Limit.atLeast;
import static dev.freshet.lab.bench.bar.Bar.Limit.atMost;
import static dev.freshet.lab.bench.bar.Formula.all;
import static dev.freshet.lab.bench.bar.Formula.growth;
import static dev.freshet.lab.bench.bar.Formula.times;
import static dev.freshet.lab.bench.bar.Formula.value;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What Freshet must reach, on two cores: name, formula, limit. Settings are regular expressions; if several match, the
 * worst value counts.
 */
public final class Bars {
    private static final String FRESHET = "freshet";
    private static final String FLOOR = "floor";
    private static final String ANY = ".*";
    private static final String WRITES = "writesPerSecond";
    private static final int CORES = 2;
    private static final String LARGE = "[\\d,]{2,} rows a transaction";
    private static final String[] PERCENTILES = {"p50Millis", "p90Millis", "p99Millis", "p999Millis"};

    /** In the order in which they are shown. */
    public static final List<Bar> ALL = List.of(
            latency("p50 at 20 and 200 commits/s, × floor", "200?", FLOOR, 1.5, "p50Millis"),
            latency("p99 at 20 and 200 commits/s, × floor", "200?", FLOOR, 3, "p99Millis"),
            new Bar("latency", "p50 at 2,000 commits/s", at2000("p50Millis"), atMost(3), "ms"),
            new Bar("latency", "p99 at 2,000 commits/s", at2000("p99Millis"), atMost(30), "ms"),
            new Bar(
                    "latency",
                    "lag after 5,000 commits/s",
                    value("latency", "5,000 commits/s", FRESHET, "lagAtEndMillis"),
                    atMost(1_000),
                    "ms"),
            latency("every percentile, × debezium-unlink", "[\\d,]+", "debezium-unlink", 1, PERCENTILES),
            latency("every percentile, × listen", "[\\d,]+", "listen", 1, PERCENTILES),
            new Bar(
                    "drain",
                    "rows/s of large transactions, × floor",
                    times("drain", LARGE, FRESHET, FLOOR, "rowsPerSecond"),
                    atLeast(0.8),
                    "×"),
            new Bar(
                    "drain",
                    "rows/s of single rows, × floor",
                    times("drain", "1 row .*", FRESHET, FLOOR, "rowsPerSecond"),
                    atLeast(0.6),
                    "×"),
            new Bar(
                    "drain",
                    "commits/s of single rows",
                    value("drain", "1 row .*", FRESHET, "rowsPerSecond"),
                    atLeast(20_000),
                    "/s"),
            new Bar(
                    "drain",
                    "CPU for a row, × floor",
                    times("drain", ANY, FRESHET, FLOOR, "cpuSecondsPerMillionRows"),
                    atMost(2),
                    "×"),
            new Bar("drain", "peak memory", value("drain", ANY, FRESHET, "peakResidentMiB"), atMost(200), "MiB"),
            new Bar(
                    "drain",
                    "peak memory with a small heap, all rows in one transaction",
                    value("drain", LARGE, "freshet-small", "peakResidentMiB"),
                    atMost(256),
                    "MiB"),
            new Bar("idle", "CPU of a core", value("idle", ANY, FRESHET, "cpuPercent"), atMost(2), "%"),
            new Bar("idle", "memory", value("idle", ANY, FRESHET, "residentMiB"), atMost(160), "MiB"),
            new Bar("startup", "start to eviction", value("startup", ANY, FRESHET, "seconds"), atMost(2.5), "s"),
            new Bar("takeover", "kill to eviction", value("takeover", ANY, FRESHET, "seconds"), atMost(1), "s"),
            new Bar(
                    "fanout",
                    "keys by a path, × SELECT + UNLINK",
                    times("fanout", ".* keys by a path", FRESHET, "select-unlink", "millis"),
                    atMost(1.5),
                    "×"),
            new Bar(
                    "fanout",
                    "100,000 entries and more under a tag",
                    value("fanout", "(100,000|1,000,000) entries under a tag", FRESHET, "keysPerMilli"),
                    atLeast(300),
                    "keys/ms"),
            new Bar(
                    "fanout",
                    "longest stall of another client",
                    value("fanout", ANY, FRESHET, "longestPingMillis"),
                    atMost(10),
                    "ms"),
            new Bar(
                    "scale",
                    "cost of a change among more rows, × 10,000 rows",
                    growth("scale", "[\\d,]+ rows", FRESHET, "millis"),
                    atMost(1.5),
                    "×"),
            new Bar(
                    "writer",
                    "API with 8 connections",
                    value("writer", "8 connections, .*", "api", WRITES),
                    atLeast(1_500),
                    "/s"),
            new Bar(
                    "writer",
                    "plain SQL without triggers, × with them",
                    times("writer", "[18] connections?, .*", "plain", "triggers", WRITES),
                    atMost(1.4),
                    "×"),
            new Bar(
                    "writer",
                    "plain SQL while the invalidator runs, × what its CPU leaves",
                    besideInvalidator("triggers"),
                    atLeast(0.95),
                    "×"),
            new Bar(
                    "writer",
                    "API while the invalidator runs, × what its CPU leaves",
                    besideInvalidator("api"),
                    atLeast(0.95),
                    "×"),
            new Bar(
                    "reader",
                    "hits with up to four further tags, × GET",
                    all(hits(FRESHET), hits("freshet+1 tag"), hits("freshet+4 tags")),
                    atLeast(0.85),
                    "×"),
            new Bar("reader", "near hits, × GET", hits("near"), atLeast(60), "×"),
            new Bar(
                    "reader",
                    "loads of one process in a stampede",
                    value("reader", "stampede, .*", FRESHET, "loads"),
                    atMost(1),
                    "loads"));

    private Bars() {}

    private static Bar latency(String name, String rates, String other, double limit, String... metrics) {
        var formula = times("latency", "(" + rates + ") commits/s", FRESHET, other, metrics);
        return new Bar("latency", name, formula, atMost(limit), "×");
    }

    private static Formula hits(String subject) {
        return times("reader", "hit, .*", subject, "cache-aside", "readsPerSecond");
    }

    /** Writes with the invalidator, × those without it that two cores would leave beside its CPU. */
    private static Formula besideInvalidator(String way) {
        String with = way + "+invalidator";
        Formula ratio = times("writer", ".*", with, way, WRITES);
        Formula writes = value("writer", ".*", with, WRITES);
        Formula micros = value("writer", ".*", with, "invalidatorCpuMicrosPerWrite");
        return results -> {
            List<Double> rates = writes.of(results);
            List<Double> costs = micros.of(results);
            List<Double> ratios = ratio.of(results);
            return IntStream.range(0, Math.min(ratios.size(), costs.size()))
                    .mapToObj(i -> ratios.get(i) / (1 - rates.get(i) * costs.get(i) / (CORES * 1e6)))
                    .toList();
        };
    }

    private static Formula at2000(String metric) {
        return value("latency", "2,000 commits/s", FRESHET, metric);
    }
}
