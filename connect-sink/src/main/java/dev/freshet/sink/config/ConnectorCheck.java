// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.config;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigException;

/** What is checked of several options together, before a connector is created. Asks no server. */
public final class ConnectorCheck {
    /** Transforms that take from events what evictions are made of, by the ends of their names. */
    private static final List<String> HARMFUL = List.of(
            "ExtractNewRecordState",
            "Flatten$Value",
            "Filter",
            "ExtractField$Value",
            "HoistField$Value",
            "ReplaceField$Value",
            "EventRouter");

    private static final String CONVERTER = "value.converter";
    private static final String POLL_INTERVAL = "consumer.override.max.poll.interval.ms";

    private ConnectorCheck() {}

    /** What is wrong, by the option to show it at. */
    public record Problem(String option, String message) {}

    /** Of a connector whose single options are right. */
    public static List<Problem> check(Map<String, String> all) {
        var problems = new ArrayList<Problem>();
        transforms(all, problems);
        var config = new SinkConfig(all);
        pollInterval(all, config.batchTimeout(), problems);
        converter(all, problems);
        try {
            config.redis();
        } catch (ConfigException e) {
            problems.add(new Problem(SinkOptions.REDIS_PASSWORD, e.getMessage()));
        }
        try {
            Mapping mapping = config.mapping();
            if (config.topicsAreNamedByTable()) {
                topics(all, config.topicPrefix(), mapping, problems);
            }
        } catch (ConfigException e) {
            String option = all.getOrDefault(SinkOptions.MAPPING, "").isBlank()
                            && !all.getOrDefault(SinkOptions.MAPPING_FILE, "").isBlank()
                    ? SinkOptions.MAPPING_FILE
                    : SinkOptions.MAPPING;
            problems.add(new Problem(option, e.getMessage()));
        }
        return problems;
    }

    private static void transforms(Map<String, String> all, List<Problem> problems) {
        for (String name : list(all.get("transforms"))) {
            String type = all.getOrDefault("transforms." + name + ".type", "");
            HARMFUL.stream()
                    .filter(type::endsWith)
                    .findFirst()
                    .ifPresent(harmful -> problems.add(new Problem(
                            "transforms",
                            "transforms contains '" + name + "' (" + type
                                    + "), which takes from events what evictions are made of, or"
                                    + " drops some; expected Debezium's events as they are: take '" + name + "' out")));
        }
    }

    /** What the worker's own converter does, if the connector has none, cannot be read here. */
    private static void converter(Map<String, String> all, List<Problem> problems) {
        String type = all.getOrDefault(CONVERTER, "");
        boolean schemas = !"false".equals(all.get(CONVERTER + ".schemas.enable"));
        if (type.endsWith("JsonConverter") && schemas) {
            require(all, CONVERTER + ".replace.null.with.default", "true", "false", problems);
        } else if (type.endsWith("AvroConverter")) {
            require(all, CONVERTER + ".ignore.default.for.nullables", "false", "true", problems);
        }
    }

    private static void require(
            Map<String, String> all, String option, String standard, String expected, List<Problem> problems) {
        String value = all.getOrDefault(option, standard);
        if (!value.equals(expected)) {
            problems.add(new Problem(
                    option,
                    option + " is '" + value + "'" + (all.containsKey(option) ? "" : " unless set") + "; expected "
                            + expected + ", as else a change between NULL and a column's default looks like none"));
        }
    }

    /** A task that keeps Connect for longer than its consumer may go without a poll loses its partitions each time. */
    private static void pollInterval(Map<String, String> all, Duration batchTimeout, List<Problem> problems) {
        String interval = all.getOrDefault(POLL_INTERVAL, "");
        if (interval.matches("[0-9]{1,18}") && batchTimeout.toMillis() >= Long.parseLong(interval)) {
            problems.add(new Problem(
                    SinkOptions.BATCH_TIMEOUT,
                    SinkOptions.BATCH_TIMEOUT + " is '" + batchTimeout.toMillis() + "'; expected less than "
                            + POLL_INTERVAL + ", which is " + interval));
        }
    }

    private static void topics(Map<String, String> all, String prefix, Mapping mapping, List<Problem> problems) {
        List<String> topics = list(all.get("topics"));
        String regex = all.getOrDefault("topics.regex", "");
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            // Connect says so itself.
            return;
        }
        for (TableName table : mapping.tables()) {
            String topic = prefix + "." + table.schema() + "." + table.table();
            if (!topics.contains(topic)
                    && (regex.isBlank() || !pattern.matcher(topic).matches())) {
                problems.add(new Problem(
                        regex.isBlank() ? "topics" : "topics.regex",
                        (regex.isBlank() ? "topics is '" + String.join(",", topics) : "topics.regex is '" + regex)
                                + "', which does not bring '" + topic + "'; expected the topics of all tables of the"
                                + " mapping, as changes of " + table
                                + " would evict nothing. If a transform of the source"
                                + " connector gives it another name, set " + SinkOptions.TOPIC_NAMING + " to "
                                + SinkOptions.ROUTED));
            }
        }
    }

    private static List<String> list(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::trim).toList();
    }
}
