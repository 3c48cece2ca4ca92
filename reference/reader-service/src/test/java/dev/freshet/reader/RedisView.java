// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What Redis holds, and the invalidator's part: purging a tag takes the entries under it. */
final class RedisView implements AutoCloseable {
    private static final CacheKeys KEYS = new CacheKeys("ctx");

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    RedisView(String url) {
        client = RedisClient.create(url);
        connection = client.connect();
    }

    void purge(String user, String... tags) {
        for (var tag : tags) {
            var set = KEYS.tagSet(Isolate.of(user), new Tag(tag));
            connection.sync().smembers(set).forEach(connection.sync()::unlink);
            connection.sync().unlink(set);
        }
    }

    /** As an invalidator that works on this database with the mapping of the contexts. */
    void promise(TestDatabase database) {
        connection.sync().hset(KEYS.position(), contract(database));
    }

    static Map<String, String> contract(TestDatabase database) {
        var kinds = Set.of(
                "global",
                "global/inherited",
                "global/project",
                "project",
                "project/inherited",
                "project/branch",
                "branch",
                "branch/inherited",
                "branch/task",
                "task");
        var coverage = new Coverage(kinds, kinds);
        var fields = new HashMap<>(new Contract("nobody", "c0ffee", coverage).fields());
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select system_identifier from pg_control_system()")) {
            row.next();
            fields.put("system", row.getString(1));
            fields.put("database", database.name());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return fields;
    }

    /** As the invalidator does it, but for the fields that are not given. */
    void publish(String field, String value) {
        connection.sync().hset(KEYS.position(), field, value);
    }

    /** Redis' clock in µs. */
    long micros() {
        var time = connection.sync().time();
        return Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1));
    }

    /** The entry as it stands. */
    String entry(String user, String name) {
        return connection.sync().get(KEYS.prefix(Isolate.of(user)) + name);
    }

    /** The tags under which a user's entry is registered, such as {@code task:42:own}. */
    Set<String> tagsOf(String user, String entry) {
        var key = KEYS.prefix(Isolate.of(user)) + entry;
        var prefix = KEYS.tagSetPrefix(Isolate.of(user));
        var tags = new TreeSet<String>();
        for (var set : connection.sync().keys("*")) {
            if (set.startsWith(prefix) && connection.sync().sismember(set, key)) {
                tags.add(set.substring(prefix.length()));
            }
        }
        return tags;
    }

    /** Without the position. */
    List<String> keys() {
        return connection.sync().keys("*").stream()
                .filter(key -> !key.equals(KEYS.position()))
                .toList();
    }

    static String isolate(String user) {
        return KEYS.prefix(Isolate.of(user));
    }

    void flush() {
        connection.sync().flushdb();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }

    @Override
    public String toString() {
        return Arrays.toString(keys().toArray());
    }
}
