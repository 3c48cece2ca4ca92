// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.lab.machine.Machine;
import dev.freshet.lab.race.count.ReadCounter;
import dev.freshet.lab.race.count.ReadCounters;
import dev.freshet.lab.race.fleet.Stampede;
import dev.freshet.lab.race.history.Protocol;
import dev.freshet.lab.race.source.ConsistencyLevel;
import dev.freshet.support.config.cli.FreshetVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an outcome as JSON, with the machine and the command that produced it. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    public static void write(
            Path file, RaceOutcome outcome, String command, Instant startedAt, Map<String, String> servers)
            throws IOException {
        JSON.writeValue(file.toFile(), json(outcome, command, startedAt, servers));
    }

    static Map<String, Object> json(
            RaceOutcome outcome, String command, Instant startedAt, Map<String, String> servers) {
        var json = new LinkedHashMap<String, Object>();
        json.put("outcome", outcome.word());
        json.put("readsChecked", outcome.counters().checked(Protocol.FRESHET));
        json.put("violations", outcome.violations());
        json.put("command", command);
        json.put("seed", outcome.settings().seed());
        json.put("version", new FreshetVersion().getVersion()[0]);
        json.put("startedAt", startedAt.toString());
        json.put("seconds", outcome.seconds());
        json.put("machine", Machine.describe());
        json.put("servers", servers);
        json.put("settings", settings(outcome.settings()));
        json.put(
                "reads",
                outcome.counters().groups().stream()
                        .map(group -> group(group, outcome.counters().of(group)))
                        .toList());
        json.put("answers", AnswerCounts.of(outcome.counters()));
        json.put("overEvictions", outcome.counters().overEvictions());
        if (outcome.writers() != null) {
            json.put("writes", outcome.writers().counters().byKind());
            json.put("writesCommitted", outcome.writers().counters().committed());
            json.put("writesUnclear", outcome.writers().counters().unclear());
        }
        json.put("faults", outcome.faults());
        json.put("drainSeconds", outcome.drainSeconds());
        json.put("comparedAtRest", outcome.cached());
        if (outcome.stampede() != null) {
            json.put("stampede", stampede(outcome.stampede()));
        }
        json.put("broken", outcome.broken());
        json.put("blindTo", outcome.blindTo().stream().map(Protocol::label).toList());
        json.put("histories", histories(outcome));
        return json;
    }

    private static Map<String, Object> settings(RaceSettings settings) {
        var json = new LinkedHashMap<String, Object>();
        json.put("durationSeconds", settings.duration().toSeconds());
        json.put("readers", settings.readers());
        json.put("writers", settings.writers());
        json.put("processes", settings.processes());
        json.put("fleet", settings.fleet());
        json.put("keys", settings.keys());
        json.put("redis", settings.sentinel() ? "sentinel" : "standalone");
        json.put(
                "levels",
                settings.levels().stream().map(ConsistencyLevel::label).toList());
        json.put(
                "protocols",
                settings.protocols().stream().map(Protocol::label).sorted().toList());
        return json;
    }

    private static Map<String, Object> stampede(Stampede stampede) {
        var json = new LinkedHashMap<String, Object>();
        json.put("readers", stampede.readers());
        json.put("processes", stampede.processes());
        json.put("loads", stampede.loads());
        json.put("withoutValue", stampede.failures());
        return json;
    }

    private static Map<String, Object> group(ReadCounters.Group group, ReadCounter counter) {
        var json = new LinkedHashMap<String, Object>();
        json.put("protocol", group.protocol().label());
        json.put("level", group.level().label());
        json.put("over", group.via().label());
        json.put("checked", counter.checked());
        json.put("violations", counter.wrong());
        json.put("violationsByKind", counter.violations());
        json.put("older", counter.older());
        json.put("olderThanASecond", counter.olderThanASecond());
        json.put("oldestSeconds", counter.oldest() / 1e9);
        json.put("withoutPosition", counter.unjudged());
        json.put("unanswered", counter.failed());
        json.put("answers", counter.statuses());
        return json;
    }

    private static Map<String, List<String>> histories(RaceOutcome outcome) {
        var histories = new LinkedHashMap<String, List<String>>();
        for (var protocol : Protocol.values()) {
            var told = new ArrayList<>(outcome.counters().violationLog().of(protocol));
            if (!told.isEmpty()) {
                // For a baseline, one example is enough to show that its violations are detected.
                histories.put(protocol.label(), protocol == Protocol.FRESHET ? told : told.subList(0, 1));
            }
        }
        return histories;
    }
}
