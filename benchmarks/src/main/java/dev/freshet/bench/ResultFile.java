// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.bench.history.Protocol;
import dev.freshet.bench.read.Level;
import dev.freshet.bench.read.Tallies;
import dev.freshet.bench.read.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an outcome as JSON, with the machine and the command that produced it. */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultFile() {}

    static void write(Path file, Outcome outcome, String command, Instant startedAt, Map<String, String> servers)
            throws IOException {
        JSON.writeValue(file.toFile(), json(outcome, command, startedAt, servers));
    }

    static Map<String, Object> json(Outcome outcome, String command, Instant startedAt, Map<String, String> servers) {
        var json = new LinkedHashMap<String, Object>();
        json.put("outcome", outcome.word());
        json.put("readsChecked", outcome.tallies().checked(Protocol.FRESHET));
        json.put("violations", outcome.violations());
        json.put("command", command);
        json.put("seed", outcome.settings().seed());
        json.put("version", Version.text());
        json.put("startedAt", startedAt.toString());
        json.put("seconds", outcome.seconds());
        json.put("machine", Machine.describe());
        json.put("servers", servers);
        json.put("settings", settings(outcome.settings()));
        json.put(
                "reads",
                outcome.tallies().groups().stream()
                        .map(group -> group(group, outcome.tallies().get(group)))
                        .toList());
        json.put("answers", Statuses.of(outcome.tallies()));
        json.put("overEvictions", outcome.tallies().overEvictions());
        if (outcome.writers() != null) {
            json.put("writes", outcome.writers().counters().byKind());
            json.put("writesCommitted", outcome.writers().counters().committed());
            json.put("writesUnclear", outcome.writers().counters().unclear());
        }
        json.put("faults", outcome.faults());
        json.put("drainSeconds", outcome.drainSeconds());
        json.put("comparedAtRest", outcome.cached());
        json.put("broken", outcome.broken());
        json.put("blindTo", outcome.blindTo().stream().map(Protocol::label).toList());
        json.put("histories", histories(outcome));
        return json;
    }

    private static Map<String, Object> settings(Settings settings) {
        var json = new LinkedHashMap<String, Object>();
        json.put("durationSeconds", settings.duration().toSeconds());
        json.put("readers", settings.readers());
        json.put("writers", settings.writers());
        json.put("keys", settings.keys());
        json.put("redis", settings.sentinel() ? "sentinel" : "standalone");
        json.put("levels", settings.levels().stream().map(Level::label).toList());
        json.put(
                "protocols",
                settings.protocols().stream().map(Protocol::label).sorted().toList());
        return json;
    }

    private static Map<String, Object> group(Tallies.Group group, Tally tally) {
        var json = new LinkedHashMap<String, Object>();
        json.put("protocol", group.protocol().label());
        json.put("level", group.level().label());
        json.put("over", group.http() ? "http" : "library");
        json.put("checked", tally.checked());
        json.put("violations", tally.wrong());
        json.put("violationsByKind", tally.faults());
        json.put("older", tally.older());
        json.put("olderThanASecond", tally.olderThanASecond());
        json.put("oldestSeconds", tally.oldest() / 1e9);
        json.put("withoutPosition", tally.unjudged());
        json.put("unanswered", tally.failed());
        json.put("answers", tally.statuses());
        return json;
    }

    private static Map<String, List<String>> histories(Outcome outcome) {
        var histories = new LinkedHashMap<String, List<String>>();
        for (var protocol : Protocol.values()) {
            var told = new ArrayList<>(outcome.tallies().witness().of(protocol));
            if (!told.isEmpty()) {
                // For a baseline, one example is enough to show that its violations are detected.
                histories.put(protocol.label(), protocol == Protocol.FRESHET ? told : told.subList(0, 1));
            }
        }
        return histories;
    }
}
