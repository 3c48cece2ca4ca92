// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisCluster;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisSentinel;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.backend.DevServicesException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The servers that all test classes of this JVM share. Each is started on first use. */
final class SharedServers implements AutoCloseable {
    private static final RedisOptions WITH_EVENTS = RedisOptions.defaults().directive("notify-keyspace-events KEA");

    private final Map<Class<?>, TestDatabase> templates = new HashMap<>();
    private PostgresServer postgres;
    private RedisServer redis;
    private RedisSentinel sentinel;
    private RedisCluster cluster;

    synchronized PostgresServer postgres() {
        if (postgres == null) {
            postgres = PostgresServer.start(PostgresOptions.defaults().withQuickLogins());
        }
        return postgres;
    }

    synchronized RedisServer redis() {
        if (redis == null) {
            redis = RedisServer.start(WITH_EVENTS);
        }
        return redis;
    }

    synchronized RedisSentinel sentinel() {
        if (sentinel == null) {
            sentinel = RedisSentinel.start(WITH_EVENTS);
        }
        return sentinel;
    }

    synchronized RedisCluster cluster() {
        if (cluster == null) {
            cluster = RedisCluster.start(WITH_EVENTS, 0);
        }
        return cluster;
    }

    /** Before Redis has started, there is nothing to remove. */
    synchronized void emptyRedis() {
        if (redis != null) {
            redis.flush();
        }
        if (sentinel != null) {
            sentinel.flush();
        }
        if (cluster != null) {
            cluster.flush();
        }
    }

    synchronized TestDatabase database(Class<?> testClass) {
        var prefix = testClass.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        var template = AnnotationSupport.findAnnotation(testClass, WithPostgres.class)
                .<Class<? extends DatabaseTemplate>>map(WithPostgres::template)
                .orElse(DatabaseTemplate.Empty.class);
        return template == DatabaseTemplate.Empty.class
                ? postgres().createDatabase(prefix)
                : postgres().createDatabase(prefix, template(template).name());
    }

    private TestDatabase template(Class<? extends DatabaseTemplate> kind) {
        var prepared = templates.get(kind);
        if (prepared == null) {
            prepared = postgres().createDatabase("template");
            try {
                ReflectionSupport.newInstance(kind).prepare(prepared);
            } catch (Exception e) {
                throw new DevServicesException(kind.getName() + " could not prepare a database", e);
            }
            templates.put(kind, prepared);
        }
        return prepared;
    }

    @Override
    public synchronized void close() {
        if (redis != null) {
            redis.close();
        }
        if (sentinel != null) {
            sentinel.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
