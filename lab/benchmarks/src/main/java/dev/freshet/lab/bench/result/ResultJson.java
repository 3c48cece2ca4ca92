// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.lab.machine.Machine;
import dev.freshet.support.config.cli.FreshetVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as JSON, with the machine and the command that produced them. */
public final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultJson() {}

    public static void write(Path file, Results results, RunFacts facts) throws IOException {
        JSON.writeValue(file.toFile(), of(results, facts));
    }

    /** Reads what {@link #write} has written. */
    public static StoredRun read(Path file) throws IOException {
        JsonNode json = JSON.readTree(file.toFile());
        var results = new Results(
                json.path("benchmark").asText(),
                json.path("baseline").asText(),
                list(json.path("metrics"), Metric.class),
                list(json.path("samples"), Sample.class));
        return new StoredRun(results, json);
    }

    private static <T> List<T> list(JsonNode json, Class<T> type) throws IOException {
        var list = new ArrayList<T>();
        for (JsonNode element : json) {
            list.add(JSON.treeToValue(element, type));
        }
        return list;
    }

    static Map<String, Object> of(Results results, RunFacts facts) {
        var json = new LinkedHashMap<String, Object>();
        json.put("benchmark", results.name());
        json.put("command", facts.command());
        json.put("version", new FreshetVersion().getVersion()[0]);
        json.put("complete", facts.isComplete());
        json.put("startedAt", facts.startedAt().toString());
        json.put("machine", Machine.describe());
        json.put("servers", facts.servers());
        json.put("subjectJavaFlags", facts.javaFlags());
        json.put("baseline", results.baseline());
        json.put("metrics", results.metrics());
        json.put("summary", summary(results));
        json.put("samples", results.samples());
        return json;
    }

    private static List<Object> summary(Results results) {
        var summary = new ArrayList<Object>();
        for (String setting : results.settings()) {
            for (String subject : results.subjects()) {
                for (Metric metric : results.metrics()) {
                    results.spread(setting, subject, metric).ifPresent(spread -> {
                        var entry = new LinkedHashMap<String, Object>();
                        entry.put("setting", setting);
                        entry.put("subject", subject);
                        entry.put("metric", metric.name());
                        entry.put("median", spread.median());
                        entry.put("min", spread.min());
                        entry.put("max", spread.max());
                        results.ratio(setting, subject, metric).ifPresent(ratio -> entry.put("timesBaseline", ratio));
                        summary.add(entry);
                    });
                }
            }
        }
        return summary;
    }
}
