// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.read;

import dev.freshet.debezium.value.Fields;

/**
 * Holds records to the one source that a connector is for.
 *
 * @param topicPrefix of the source connector
 * @param database its name
 */
public record SourceCheck(String topicPrefix, String database) {
    /** @throws RefusedRecordException if the record is of another source */
    void require(String topic, Fields source) {
        require(topic, "connector", "postgresql", source, "the connector for PostgreSQL");
        require(topic, "name", topicPrefix, source, "source.topic.prefix");
        require(topic, "db", database, source, "the database in database.url");
    }

    private static void require(String topic, String field, String expected, Fields source, String what) {
        Object found = source.get(field);
        if (found != null && !found.equals(expected)) {
            throw new RefusedRecordException("a record of topic " + topic + " is from '" + found + "' (source." + field
                    + "); expected '" + expected + "', " + what
                    + ". Transaction ids and rows of two sources cannot be told apart: give each database a connector"
                    + " and a namespace of its own, and name its topics alone in 'topics' or 'topics.regex'");
        }
    }
}
