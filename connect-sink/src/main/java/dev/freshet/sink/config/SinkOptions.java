// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The connector's own options. {@code docs/kafka-connect-options.md} is made from them. */
public final class SinkOptions {
    public static final String MAPPING = "mapping";
    public static final String MAPPING_FILE = "mapping.file";
    public static final String SOURCE_TOPIC_PREFIX = "source.topic.prefix";
    public static final String TOPIC_NAMING = "topic.naming";
    public static final String NULLS_KEPT = "nulls.kept";
    public static final String TOPIC_RETENTION = "topic.retention.ms";
    public static final String DATABASE_URL = "database.url";
    public static final String DATABASE_USER = "database.user";
    public static final String DATABASE_PASSWORD = "database.password";
    public static final String REDIS_URL = "redis.url";
    public static final String REDIS_PASSWORD = "redis.password";
    public static final String TAKE_OVER = "take.over";
    public static final String VISIBILITY_TIMEOUT = "visibility.timeout.ms";
    public static final String REDIS_PATIENCE = "redis.patience.ms";
    public static final String BATCH_TIMEOUT = "batch.timeout.ms";

    static final String TABLES = "tables";
    static final String ROUTED = "routed";

    private static final String SOURCE = "Source";
    private static final String CACHE = "Cache";
    private static final String TIMES = "Times";
    private static final int LEAST_MILLIS = 100;
    private static final int MOST_MILLIS = Math.toIntExact(Duration.ofHours(1).toMillis());

    private SinkOptions() {}

    public static ConfigDef definition() {
        var def = new ConfigDef();
        source(def);
        cache(def);
        times(def);
        return def;
    }

    private static void source(ConfigDef def) {
        text(
                def,
                MAPPING,
                "",
                null,
                Importance.HIGH,
                SOURCE,
                1,
                Width.LONG,
                "Mapping",
                "The mapping itself, as YAML. Either this or " + MAPPING_FILE + " is required.",
                null);
        text(
                def,
                MAPPING_FILE,
                "",
                null,
                Importance.HIGH,
                SOURCE,
                2,
                Width.LONG,
                "Mapping file",
                "The name of a file with the mapping. Each worker must have the same one.",
                null);
        text(
                def,
                SOURCE_TOPIC_PREFIX,
                ConfigDef.NO_DEFAULT_VALUE,
                OptionCheck.NOT_BLANK,
                Importance.HIGH,
                SOURCE,
                3,
                Width.MEDIUM,
                "Topic prefix of the source connector",
                "'topic.prefix' of Debezium's connector. Records of another one are refused.",
                null);
        text(
                def,
                TOPIC_NAMING,
                TABLES,
                OptionCheck.oneOf(TABLES, ROUTED),
                Importance.MEDIUM,
                SOURCE,
                4,
                Width.SHORT,
                "How topics are named",
                "tables: each table has the topic PREFIX.SCHEMA.TABLE, and each table of the mapping must be"
                        + " among 'topics' or match 'topics.regex'. routed: a transform of the source connector names"
                        + " topics (RegexRouter, ByLogicalTableRouter), and nothing is checked.",
                new Values(TABLES, ROUTED));
        def.define(
                NULLS_KEPT,
                Type.BOOLEAN,
                false,
                Importance.MEDIUM,
                "Set it to true once the converters of the source connector and of this one leave NULL as it is:"
                        + " replace.null.with.default=false for JSON, ignore.default.for.nullables=true for Avro. Until then a"
                        + " value that equals its column's default counts as one that may have been NULL, which evicts more.",
                SOURCE,
                5,
                Width.SHORT,
                "NULL stays NULL",
                new Values(false, true));
        def.define(
                TOPIC_RETENTION,
                Type.INT,
                Math.toIntExact(Duration.ofDays(1).toMillis()),
                OptionCheck.millis(LEAST_MILLIS, Integer.MAX_VALUE),
                Importance.MEDIUM,
                "How long the topics keep records at least (retention.ms, log.retention.hours). If a partition was not worked"
                        + " on for longer, the namespace is evicted: of what was dropped, a quiet partition tells nothing.",
                SOURCE,
                6,
                Width.SHORT,
                "Retention of the topics");
        text(
                def,
                DATABASE_URL,
                ConfigDef.NO_DEFAULT_VALUE,
                OptionCheck.JDBC_URL,
                Importance.HIGH,
                SOURCE,
                7,
                Width.LONG,
                "Database",
                "The primary that the records come from: jdbc:postgresql://host:port/database, or all servers"
                        + " of which one is it. It is asked which transactions are visible, and for types of columns.",
                null);
        text(
                def,
                DATABASE_USER,
                ConfigDef.NO_DEFAULT_VALUE,
                OptionCheck.NOT_BLANK,
                Importance.HIGH,
                SOURCE,
                8,
                Width.MEDIUM,
                "Database user",
                "A role that may connect; it needs no right to any table.",
                null);
        secret(def, DATABASE_PASSWORD, SOURCE, 9, "Database password", "Its password; empty if it needs none.");
    }

    private static void cache(ConfigDef def) {
        text(
                def,
                REDIS_URL,
                ConfigDef.NO_DEFAULT_VALUE,
                OptionCheck.REDIS_URL,
                Importance.HIGH,
                CACHE,
                1,
                Width.LONG,
                "Redis",
                "redis://[user@]host:port, redis-sentinel://… or redis-cluster://…; rediss for TLS.",
                null);
        secret(def, REDIS_PASSWORD, CACHE, 2, "Redis password", "The password of that user; empty if it needs none.");
        def.define(
                TAKE_OVER,
                Type.BOOLEAN,
                false,
                Importance.LOW,
                "Take the namespace from another owner, such as the sidecar that evicted before: it is purged. Use it"
                        + " for one start, then set it back.",
                CACHE,
                3,
                Width.SHORT,
                "Take over",
                new Values(false, true));
    }

    private static void times(ConfigDef def) {
        millis(
                def,
                VISIBILITY_TIMEOUT,
                Duration.ofSeconds(10),
                1,
                "Visibility timeout",
                "How long a commit may stay invisible to new snapshots before the batch is put off and tried again.");
        millis(
                def,
                REDIS_PATIENCE,
                Duration.ofSeconds(10),
                2,
                "Patience with Redis",
                "How long Redis may refuse or not answer before the batch is put off and tried again. Nothing is"
                        + " committed meanwhile.");
        millis(
                def,
                BATCH_TIMEOUT,
                Duration.ofMinutes(4),
                3,
                "Batch timeout",
                "How long Connect may be kept between two polls, by a batch and the commit after it together. What takes"
                        + " longer, such as a purge, goes on, and the batch is tried again. Less than the consumer's"
                        + " max.poll.interval.ms, 5 minutes unless set.");
    }

    private static void text(
            ConfigDef def,
            String name,
            Object standard,
            Validator check,
            Importance importance,
            String group,
            int order,
            Width width,
            String title,
            String doc,
            Recommender values) {
        def.define(name, Type.STRING, standard, check, importance, doc, group, order, width, title, List.of(), values);
    }

    private static void secret(ConfigDef def, String name, String group, int order, String title, String doc) {
        def.define(name, Type.PASSWORD, "", Importance.HIGH, doc, group, order, Width.MEDIUM, title);
    }

    private static void millis(ConfigDef def, String name, Duration standard, int order, String title, String doc) {
        def.define(
                name,
                Type.INT,
                Math.toIntExact(standard.toMillis()),
                OptionCheck.millis(LEAST_MILLIS, MOST_MILLIS),
                Importance.LOW,
                doc,
                TIMES,
                order,
                Width.SHORT,
                title);
    }

    /** Offers these values to whoever fills in a form. */
    private record Values(List<Object> all) implements Recommender {
        Values(Object... all) {
            this(List.of(all));
        }

        @Override
        public List<Object> validValues(String name, Map<String, Object> parsed) {
            return all;
        }

        @Override
        public boolean visible(String name, Map<String, Object> parsed) {
            return true;
        }
    }
}
