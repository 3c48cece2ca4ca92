// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.debezium;

import dev.freshet.core.stream.Chunk;
import dev.freshet.model.mapping.TableName;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What to capture, and how.
 *
 * @param database the primary, with a role that has REPLICATION
 * @param slot an existing slot of plugin pgoutput; never created here
 * @param publication an existing publication; never created here
 * @param tables the tables to capture; changes of other tables are skipped
 * @param mode where the stream is taken from Debezium
 * @param chunkSize most row changes of one {@link Chunk}
 * @param queuedBytes roughly how many bytes of changes are read ahead at most
 * @param heartbeat how often an idle stream of {@link StreamMode#RECORDS} checks whether something can be acknowledged
 */
public record CaptureSettings(
        JdbcSettings database,
        String slot,
        String publication,
        Set<TableName> tables,
        StreamMode mode,
        int chunkSize,
        int queuedBytes,
        Duration heartbeat) {
    private static final int CHUNK_SIZE = 500;
    private static final int MOST_QUEUED = 64 << 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    public CaptureSettings {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(publication, "publication");
        Objects.requireNonNull(mode, "mode");
        tables = Set.copyOf(tables);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("tables is empty, expected at least one table to capture");
        }
        if (database.servers().size() != 1) {
            throw new IllegalArgumentException("database names " + database.servers() + ", expected the primary alone");
        }
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize is " + chunkSize + ", expected at least 1");
        }
    }

    public CaptureSettings(JdbcSettings database, String slot, String publication, Set<TableName> tables) {
        this(database, slot, publication, tables, StreamMode.MESSAGES, CHUNK_SIZE, usualQueue(), HEARTBEAT);
    }

    /** Two such queues, and what is on its way between them, take about a quarter of the heap. */
    private static int usualQueue() {
        return (int) Math.min(MOST_QUEUED, Runtime.getRuntime().maxMemory() / 16);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "CaptureSettings[slot=" + slot + ", publication=" + publication + ", tables=" + tables + ", mode=" + mode
                + "]";
    }
}
