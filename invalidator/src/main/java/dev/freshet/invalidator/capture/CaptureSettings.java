// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.capture;

import dev.freshet.model.mapping.TableName;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What to capture, and how.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?...} of the primary
 * @param user the role, or null as in the URL; needs REPLICATION
 * @param password or null as in the URL
 * @param slot an existing slot of plugin pgoutput; never created here
 * @param publication an existing publication; never created here
 * @param tables changes of other tables are left out
 * @param chunkSize most row changes of one {@link Chunk}
 * @param heartbeat how often an idle stream looks whether something can be acknowledged
 */
public record CaptureSettings(
        String jdbcUrl,
        String user,
        String password,
        String slot,
        String publication,
        Set<TableName> tables,
        Profile profile,
        int chunkSize,
        Duration heartbeat) {
    private static final int CHUNK_SIZE = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    public CaptureSettings {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(publication, "publication");
        Objects.requireNonNull(profile, "profile");
        tables = Set.copyOf(tables);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("tables is empty, expected at least one table to capture");
        }
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize is " + chunkSize + ", expected at least 1");
        }
    }

    public CaptureSettings(
            String jdbcUrl,
            String user,
            String password,
            String slot,
            String publication,
            Set<TableName> tables,
            Profile profile) {
        this(jdbcUrl, user, password, slot, publication, tables, profile, CHUNK_SIZE, HEARTBEAT);
    }

    public CaptureSettings withChunkSize(int size) {
        return new CaptureSettings(jdbcUrl, user, password, slot, publication, tables, profile, size, heartbeat);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "CaptureSettings[slot=" + slot + ", publication=" + publication + ", tables=" + tables + ", profile="
                + profile + "]";
    }
}
