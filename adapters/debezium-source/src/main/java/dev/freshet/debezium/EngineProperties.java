// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.debezium.text.TextConverter;
import dev.freshet.model.mapping.TableName;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/** The settings of Debezium's engine, with their reasons. */
final class EngineProperties {
    /** Prefix of Freshet's own logical messages. */
    static final String MESSAGE_PREFIX = "freshet";

    static final String TOPIC_PREFIX = "freshet";

    /**
     * Lets the server notice within seconds that our machine is gone, so that another instance can take the slot: after
     * 4 s if no data is in flight, else because status reports no longer arrive. tcp_user_timeout is not used: with it,
     * Linux also ends a connection whose reader is slow, as ours is while Redis is unavailable.
     */
    private static final String KEEPALIVE = "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1"
            + " -c tcp_keepalives_count=2 -c wal_sender_timeout=20s";

    /** Status reports are sent by a separate thread, even while nothing is read. */
    private static final int REPORT_MILLIS = 2_000;

    private static final Set<String> ADDRESS = Set.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password");

    private static final AtomicLong RUNS = new AtomicLong();

    private EngineProperties() {}

    static Properties of(CaptureSettings settings, Feed feed) {
        var p = new Properties();
        p.setProperty("name", TOPIC_PREFIX + "-" + settings.slot());
        p.setProperty("topic.prefix", TOPIC_PREFIX);
        // Makes the names of its JMX meters unique, so that a run need not wait until a hanging earlier run has
        // unregistered its own.
        p.setProperty("custom.metric.tags", "run=" + RUNS.incrementAndGet());
        database(p, settings);
        slot(p, settings);
        events(p, settings);
        pace(p, settings);
        feed.configure(p);
        return p;
    }

    private static void database(Properties p, CaptureSettings settings) {
        Properties url =
                Driver.parseURL(settings.database().url(), settings.database().properties());
        p.setProperty("database.hostname", url.getProperty("PGHOST"));
        p.setProperty("database.port", url.getProperty("PGPORT"));
        p.setProperty("database.dbname", url.getProperty("PGDBNAME"));
        p.setProperty("database.user", url.getProperty("user", System.getProperty("user.name")));
        if (url.getProperty("password") != null) {
            p.setProperty("database.password", url.getProperty("password"));
        }
        url.stringPropertyNames().stream()
                .filter(name -> !ADDRESS.contains(name))
                .forEach(name -> p.setProperty("driver." + name, url.getProperty(name)));
        p.merge("driver.options", KEEPALIVE, (given, ours) -> given + " " + ours);
        p.setProperty("database.connection.factory.class", StreamConnections.class.getName());
        p.setProperty("driver." + StreamConnections.SLOT, settings.slot());
        // The longest wait for an answer, so that closing the stream does not hang. It does not apply to an idle
        // stream.
        p.putIfAbsent("driver.socketTimeout", "15");
        p.putIfAbsent("driver.connectTimeout", "10");
    }

    private static void slot(Properties p, CaptureSettings settings) {
        p.setProperty("plugin.name", "pgoutput");
        p.setProperty("slot.name", settings.slot());
        p.setProperty("publication.name", settings.publication());
        p.setProperty("publication.autocreate.mode", "disabled");
        // The slot alone holds the position: with no stored offset, PostgreSQL replays whole transactions after the
        // acknowledged position.
        p.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        p.setProperty("offset.flush.interval.ms", "0");
        p.setProperty("snapshot.mode", "no_data");
        p.setProperty("lsn.flush.mode", "connector");
        // Every failure goes to the supervisor at once, which checks the slot before it restarts.
        p.setProperty("errors.max.retries", "0");
        p.setProperty("slot.max.retries", "1");
        p.setProperty("slot.retry.delay.ms", "200");
        p.setProperty("task.management.timeout.ms", "30000");
        p.setProperty("status.update.interval.ms", Integer.toString(REPORT_MILLIS));
    }

    private static void events(Properties p, CaptureSettings settings) {
        p.setProperty(
                "table.include.list",
                settings.tables().stream().map(EngineProperties::pattern).collect(Collectors.joining(",")));
        p.setProperty("skipped.operations", "none");
        p.setProperty("tombstones.on.delete", "false");
        p.setProperty("message.prefix.include.list", MESSAGE_PREFIX);
        p.setProperty("include.unknown.datatypes", "true");
        p.setProperty("converters", "text");
        p.setProperty("text.type", TextConverter.class.getName());
        p.setProperty("event.converting.failure.handling.mode", "fail");
    }

    private static void pace(Properties p, CaptureSettings settings) {
        p.setProperty("max.queue.size", "4096");
        // Rows can be large.
        p.setProperty("max.queue.size.in.bytes", Integer.toString(settings.queuedBytes()));
        // The statistics are not used. If rows come fast, they cost time and log a warning each.
        p.setProperty("statistics.metrics.enabled", "false");
        p.setProperty("record.processing.threads", "1");
    }

    /** Debezium reads a comma-separated list of regular expressions over {@code schema.table}. */
    private static String pattern(TableName table) {
        return (table.schema() + "." + table.table()).replaceAll("([^A-Za-z0-9_])", "\\\\$1");
    }
}
