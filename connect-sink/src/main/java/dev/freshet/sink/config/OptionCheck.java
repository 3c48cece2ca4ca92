// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.config;

import dev.freshet.redis.RedisAddress;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef.Validator;

/**
 * Checks of single options. Each says which value it found and what it expected; of addresses, which may hold a password
 * by mistake, it does not repeat the value.
 */
enum OptionCheck implements Validator {
    NOT_BLANK("a text that is not empty") {
        @Override
        String wrong(String value) {
            return value.isBlank() ? "is '" + value + "'" : null;
        }
    },
    JDBC_URL("jdbc:postgresql://host:port/database, without a password") {
        @Override
        String wrong(String value) {
            JdbcSettings settings;
            try {
                settings = new JdbcSettings(value, new Properties());
            } catch (ConfigException e) {
                return "is no address of PostgreSQL";
            }
            return settings.properties().containsKey("password")
                    ? "contains a password, which everybody sees who may read the configuration; put it into "
                            + SinkOptions.DATABASE_PASSWORD
                    : null;
        }
    },
    REDIS_URL(
            "redis://[user@]host:port, redis-sentinel://… or redis-cluster://…, or rediss in place of redis, without a"
                    + " password") {
        @Override
        String wrong(String value) {
            RedisAddress address;
            try {
                address = RedisAddress.parse(value);
            } catch (IllegalArgumentException e) {
                return "is no address of Redis";
            }
            return address.hasPassword()
                    ? "contains a password, which everybody sees who may read the configuration; put it into "
                            + SinkOptions.REDIS_PASSWORD
                    : null;
        }
    };

    private final String expected;

    OptionCheck(String expected) {
        this.expected = expected;
    }

    /** What is wrong with it, without its value if that may hold a secret; null if it is right. */
    abstract String wrong(String value);

    @Override
    public void ensureValid(String name, Object value) {
        // A missing one is told by the definition.
        String wrong = value instanceof String text ? wrong(text) : null;
        if (wrong != null) {
            throw new org.apache.kafka.common.config.ConfigException(name + " " + wrong + "; expected " + expected);
        }
    }

    /** For documentation. */
    @Override
    public String toString() {
        return expected;
    }

    static Validator oneOf(String... values) {
        return described(
                String.join(" or ", values), (name, value) -> List.of(values).contains(value));
    }

    static Validator millis(int least, int most) {
        return described(
                "between " + least + " and " + most,
                (name, value) -> value instanceof Integer number && number >= least && number <= most);
    }

    private interface Rule {
        boolean holds(String name, Object value);
    }

    private static Validator described(String expected, Rule rule) {
        return new Validator() {
            @Override
            public void ensureValid(String name, Object value) {
                if (!rule.holds(name, value)) {
                    throw new org.apache.kafka.common.config.ConfigException(
                            name + " is '" + value + "'; expected " + expected);
                }
            }

            @Override
            public String toString() {
                return expected;
            }
        };
    }
}
