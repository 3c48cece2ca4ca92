// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.data.Envelope;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.postgresql.Driver;

/** Debezium's embedded engine as it is, on an existing slot, without a snapshot. */
final class DebeziumSubject {
    private DebeziumSubject() {}

    /** With default settings. The handler only counts. Returns only by a failure. */
    static void doNothing(SubjectSettings settings) {
        var count = new RowCount(settings.rows());
        run(properties(settings), event -> {
            if (event.record().value() instanceof Struct) {
                count.add();
            }
        });
    }

    /** Polls every 10 ms, one event at a time, which it handles without delay. Returns only by a failure. */
    static void unlink(SubjectSettings settings) {
        var properties = properties(settings);
        properties.setProperty("poll.interval.ms", "10");
        properties.setProperty("max.batch.size", "1");
        unlink(properties, settings);
    }

    /** With default settings. The handler unlinks as {@link #unlink} does. Returns only by a failure. */
    static void unlinkWithDefaults(SubjectSettings settings) {
        unlink(properties(settings), settings);
    }

    private static void unlink(Properties properties, SubjectSettings settings) {
        try (var unlinker = new Unlinker(settings.redisUri())) {
            run(properties, event -> {
                if (event.record().value() instanceof Struct change) {
                    unlinker.unlink(List.of(ItemKey.of(id(change))))
                            .toCompletableFuture()
                            .join();
                }
            });
        }
    }

    private static Object id(Struct change) {
        Struct after = change.getStruct(Envelope.FieldName.AFTER);
        return (after != null ? after : change.getStruct(Envelope.FieldName.BEFORE)).get("id");
    }

    private static void run(Properties properties, Consumer<RecordChangeEvent<SourceRecord>> handler) {
        var engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using((boolean success, String message, Throwable failure) -> {
                    System.err.println("the engine ended: " + message);
                    if (failure != null) {
                        failure.printStackTrace();
                    }
                    Runtime.getRuntime().halt(1);
                })
                .notifying(handler)
                .build();
        engine.run();
    }

    private static Properties properties(SubjectSettings settings) {
        Properties url = Driver.parseURL(settings.jdbcUrl(), new Properties());
        var p = new Properties();
        p.setProperty("name", "bench");
        p.setProperty("connector.class", PostgresConnector.class.getName());
        p.setProperty("topic.prefix", "bench");
        p.setProperty("database.hostname", url.getProperty("PGHOST"));
        p.setProperty("database.port", url.getProperty("PGPORT"));
        p.setProperty("database.dbname", url.getProperty("PGDBNAME"));
        p.setProperty("database.user", settings.user());
        p.setProperty("database.password", settings.password());
        p.setProperty("plugin.name", "pgoutput");
        p.setProperty("slot.name", settings.slot());
        p.setProperty("publication.name", settings.publication());
        p.setProperty("publication.autocreate.mode", "disabled");
        p.setProperty("snapshot.mode", "no_data");
        p.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        return p;
    }
}
