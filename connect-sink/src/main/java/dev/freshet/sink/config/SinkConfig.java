// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.config;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.redis.RedisAddress;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** The options of one task, checked. */
public final class SinkConfig {
    private final AbstractConfig options;
    private final Map<String, String> all;

    /**
     * @param all of the connector, those of Connect's own included
     * @throws ConfigException if one of them is wrong; the message says which, and what was expected
     */
    public SinkConfig(Map<String, String> all) {
        this.all = Map.copyOf(all);
        this.options = new AbstractConfig(SinkOptions.definition(), all, false);
    }

    /** The connector's name. */
    public String connector() {
        return all.getOrDefault("name", "freshet");
    }

    /**
     * Reads the mapping.
     *
     * @throws ConfigException if there is none, or it cannot be used
     */
    public Mapping mapping() {
        String text = options.getString(SinkOptions.MAPPING);
        String file = options.getString(SinkOptions.MAPPING_FILE);
        if (text.isBlank() == file.isBlank()) {
            throw new ConfigException((text.isBlank() ? "neither" : "both") + " of " + SinkOptions.MAPPING + " and "
                    + SinkOptions.MAPPING_FILE + (text.isBlank() ? " is" : " are") + " set; expected one of them");
        }
        String name = text.isBlank() ? SinkOptions.MAPPING_FILE : SinkOptions.MAPPING;
        try {
            return text.isBlank()
                    ? MappingParser.parse(Path.of(file))
                    : MappingParser.parse(SinkOptions.MAPPING, new StringReader(text));
        } catch (MappingException e) {
            throw new ConfigException(name + " is not valid: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigException(name + " is '" + file + "', which cannot be read ("
                    + e.getClass().getSimpleName() + "); expected a file with a mapping that every worker has");
        }
    }

    public String topicPrefix() {
        return options.getString(SinkOptions.SOURCE_TOPIC_PREFIX);
    }

    /** Whether topics have the names that Debezium gives them. */
    boolean topicsAreNamedByTable() {
        return options.getString(SinkOptions.TOPIC_NAMING).equals(SinkOptions.TABLES);
    }

    public JdbcSettings database() {
        var properties = new Properties();
        properties.setProperty("user", options.getString(SinkOptions.DATABASE_USER));
        secret(SinkOptions.DATABASE_PASSWORD).ifPresent(password -> properties.setProperty("password", password));
        return new JdbcSettings(options.getString(SinkOptions.DATABASE_URL), properties);
    }

    /**
     * Where Redis is, and who to log in as.
     *
     * @throws ConfigException if a user has no password
     */
    public RedisAddress redis() {
        RedisAddress address = RedisAddress.parse(options.getString(SinkOptions.REDIS_URL));
        Optional<String> password = secret(SinkOptions.REDIS_PASSWORD);
        if (address.user() != null && password.isEmpty()) {
            throw new ConfigException(SinkOptions.REDIS_PASSWORD + " is not set, and " + SinkOptions.REDIS_URL
                    + " names a user; expected the password of that user");
        }
        return password.map(secret -> address.as(null, secret)).orElse(address);
    }

    private Optional<String> secret(String name) {
        return Optional.of(options.getPassword(name).value()).filter(value -> !value.isEmpty());
    }

    public boolean takeOver() {
        return options.getBoolean(SinkOptions.TAKE_OVER);
    }

    /** Whether no converter, of the source connector's or of this one's, puts a column's default in place of NULL. */
    public boolean nullsKept() {
        return options.getBoolean(SinkOptions.NULLS_KEPT);
    }

    /** How long topics keep records at least. */
    public Duration topicRetention() {
        return millis(SinkOptions.TOPIC_RETENTION);
    }

    public Duration visibilityTimeout() {
        return millis(SinkOptions.VISIBILITY_TIMEOUT);
    }

    public Duration redisPatience() {
        return millis(SinkOptions.REDIS_PATIENCE);
    }

    public Duration batchTimeout() {
        return millis(SinkOptions.BATCH_TIMEOUT);
    }

    private Duration millis(String name) {
        return Duration.ofMillis(options.getInt(name));
    }

    /**
     * Whether a record that cannot be read may be reported without ending the task. Connect takes a report for a failure
     * unless errors are tolerated.
     */
    public boolean mayReport() {
        return "all".equals(all.get("errors.tolerance"));
    }
}
