// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.run;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.source.SourceException;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.postgres.look.DatabaseLook;
import dev.freshet.postgres.slot.SlotReports;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.redis.cache.position.OffsetNotes;
import dev.freshet.sink.config.SinkConfig;
import dev.freshet.sink.evict.Database;
import dev.freshet.sink.evict.OffsetLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL and Redis. One thread; {@link #close} may be called from another. */
public final class RealServers implements Servers {
    private static final Logger LOG = LoggerFactory.getLogger(RealServers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SinkConfig config;
    private final Mapping mapping;
    private final Evictor evictor;
    private volatile DatabaseLook look;

    public RealServers(SinkConfig config, Mapping mapping) {
        this.config = config;
        this.mapping = mapping;
        this.evictor = new Evictor(
                new EvictorSettings(config.redis(), new CacheKeys(mapping.namespace())), new SimpleMeterRegistry());
    }

    @Override
    public Database database() {
        if (look == null) {
            look = DatabaseLook.open(
                    config.database(), mapping, SlotReports.sinkPurpose(mapping.namespace()), PATIENCE);
        }
        return new PostgresDatabase(look);
    }

    @Override
    public void dropDatabase() {
        DatabaseLook dropped = look;
        look = null;
        if (dropped != null) {
            try {
                dropped.close();
            } catch (SourceException e) {
                LOG.debug("closing a connection failed: {}", e.toString());
            }
        }
    }

    @Override
    public Cache cache() {
        return evictor;
    }

    @Override
    public OffsetLog offsets() {
        OffsetNotes notes = evictor.offsets();
        return new OffsetLog() {
            @Override
            public Map<String, String> read(Collection<String> partitions) throws InterruptedException {
                return notes.read(partitions);
            }

            @Override
            public void write(Map<String, String> noted) throws InterruptedException {
                notes.write(noted);
            }
        };
    }

    @Override
    public void close() {
        dropDatabase();
        evictor.close();
    }
}
