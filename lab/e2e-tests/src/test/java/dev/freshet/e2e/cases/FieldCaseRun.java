// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.Secrets;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.process.Watched;
import dev.freshet.e2e.server.Cache;
import dev.freshet.e2e.server.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Runs one case with its own database and Redis. The invalidator is a separate process if the case is about how that is
 * started; otherwise it is in this JVM, which takes a tenth of the time.
 */
public final class FieldCaseRun {
    private static final String OBSERVER = "observer";
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final FieldCase fieldCase;
    private final TestDatabase database;
    private final RedisServer redis;
    private final Cache cache;
    private final Database dba;

    private FieldCaseRun(FieldCase fieldCase, TestDatabase database, RedisServer redis, Cache cache, Database dba) {
        this.fieldCase = fieldCase;
        this.database = database;
        this.redis = redis;
        this.cache = cache;
        this.dba = dba;
    }

    /** Fails if a key that must stay is gone, or the other way round. */
    public static void run(FieldCase fieldCase, PostgresServer server) throws SQLException {
        var secret = Secrets.random(16);
        try (var database = server.createDatabase(fieldCase.identifier());
                var redis = RedisServer.start(redis(fieldCase, secret));
                var cache = new Cache(redis.uri(OBSERVER, secret));
                var dba = new Database(database.connect())) {
            new FieldCaseRun(fieldCase, database, redis, cache, dba).run();
        }
    }

    private static RedisOptions redis(FieldCase fieldCase, String secret) {
        var options = RedisOptions.defaults().directive("user " + OBSERVER + " on >" + secret + " ~* &* +@all");
        for (var user : fieldCase.users()) {
            options = options.directive(user);
        }
        return options;
    }

    private void run() throws SQLException {
        dba.statements(fieldCase.sql("setup.sql"));
        if (fieldCase.option("refused").isPresent()) {
            refuses(fieldCase.option("refused").orElseThrow());
            if (fieldCase.option("mend").isEmpty()) {
                return;
            }
            dba.statements(fieldCase.option("mend").orElseThrow());
        }
        try (var invalidator = start(fieldCase.mapping())) {
            cache.awaitAnyPosition(fieldCase.namespace(), invalidator);
            if (!fieldCase.stopped()) {
                fill();
                change();
                compare(invalidator);
                return;
            }
        }
        fill();
        change();
        try (var invalidator = start(fieldCase.laterMapping())) {
            compare(invalidator);
        }
    }

    private void refuses(String why) {
        fill();
        var refusal = command(fieldCase.mapping()).run().expect(1);
        assertThat(refusal.output() + refusal.errors()).contains(why);
        assertThat(left()).as("keys after a start that was refused").isEqualTo(expected(true));
    }

    private void fill() {
        fieldCase.keys().keySet().forEach(key -> cache.redis().set(key, "filled by a program that knows of nothing"));
    }

    /** Makes the change in a new session, so that settings of the database and of roles apply. */
    private void change() throws SQLException {
        assertThat(left()).as("keys before the change").isEqualTo(expected(true));
        try (var session = new Database(database.connect())) {
            session.statements(fieldCase.sql("change.sql"));
        }
    }

    private void compare(Watched invalidator) {
        cache.awaitHeld(fieldCase.namespace(), invalidator);
        assertThat(left()).as(() -> "keys left\n" + invalidator.log()).isEqualTo(expected(false));
    }

    /** @param all whether to include the keys that must go */
    private TreeSet<String> expected(boolean all) {
        var expected = new TreeSet<String>();
        fieldCase.keys().forEach((key, stays) -> {
            if (all || stays) {
                expected.add(key);
            }
        });
        return expected;
    }

    private TreeSet<String> left() {
        return new TreeSet<>(cache.existing(fieldCase.keys().keySet()));
    }

    private Watched start(String mapping) {
        return fieldCase.aboutTheStart()
                ? new Sidecar(command(mapping))
                : new EmbeddedInvalidator(database, redis.uri(), fieldCase.identifier(), HEARTBEAT, mapping);
    }

    private Command command(String mapping) {
        var settings = new LinkedHashMap<>(Map.of(
                "FRESHET_JDBC_URL", database.jdbcUrl(),
                "FRESHET_JDBC_USER", database.user(),
                "FRESHET_JDBC_PASSWORD", database.password(),
                "FRESHET_REDIS_URL", redis.uri(),
                "FRESHET_SLOT", fieldCase.identifier(),
                "FRESHET_HEARTBEAT", HEARTBEAT.toMillis() + "ms",
                "FRESHET_ADMIN_PORT", "0"));
        fieldCase.environment().forEach((name, value) -> settings.put(name, filledIn(value)));
        return Command.freshet("invalidator", "run", "--mapping", mapping).with(settings);
    }

    private String filledIn(String value) {
        return value.replace(
                        "{postgres}",
                        address(database.server().host(), database.server().port()))
                .replace("{redis}", address(redis.host(), redis.port()))
                .replace("{database}", database.name())
                .replace("{dead}", address("127.0.0.1", deadPort()));
    }

    private static String address(String host, int port) {
        return host + ":" + port;
    }

    private static int deadPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
