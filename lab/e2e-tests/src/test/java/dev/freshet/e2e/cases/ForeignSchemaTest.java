// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.Secrets;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Cache;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody else's tables, keys that somebody else fills with plain SET, and a mapping. Nothing more is needed. */
@WithPostgres
@WithRedis
class ForeignSchemaTest {
    /** Keys of rows and views that no step touches. */
    private static final List<String> UNTOUCHED = List.of(
            "country:2", "film:11", "stock:1:10", "store:2", "manager:nils:store", "customer:1004", "unrelated");

    private final TestDatabase shop;
    private final RedisServer redis;
    private final Cache cache;

    ForeignSchemaTest(TestDatabase shop, RedisServer redis) {
        this.shop = shop;
        this.redis = redis;
        this.cache = new Cache(redis.uri());
    }

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void afterWhatCheckAsksForEachChangeEvictsExactlyItsKeys() throws Exception {
        try (var dba = new Database(shop.connect())) {
            dba.script(RentalShop.schema());
            dba.script(RentalShop.rows());
            var settings = invalidator(dba);

            var asked = check(settings).expect(1);
            assertThat(asked.output()).contains("CREATE PUBLICATION", "GRANT SELECT", "REPLICA IDENTITY FULL");
            dba.script(check(settings, "--sql").expect(0).output());
            check(settings).expect(0);
            // What is offered as a comment spares evictions. Ours are to be exact, so we take it too.
            dba.script(check(settings, "--sql").expect(0).output().replace("-- ALTER TABLE", "ALTER TABLE"));
            assertThat(check(settings).expect(0).lines().stream().filter(line -> !line.startsWith("note: ")))
                    .containsExactly("Nothing would be missed.");

            try (var sidecar = new Sidecar(Command.freshet("invalidator", "run", "--mapping", RentalShop.MAPPING)
                    .with(settings))) {
                sidecar.awaitLog("listening on http");
                drain(dba, sidecar);
                for (var step : RentalShop.steps()) {
                    fill(universe());
                    dba.execute(step.sql());
                    drain(dba, sidecar);
                    assertThat(gone())
                            .as("keys gone after %s%n%s", step, sidecar.log())
                            .isEqualTo(expected(step));
                }
                assertThat(sidecar.stop()).as("exit code after SIGTERM").isZero();
            }
        }
    }

    private static Command.Result check(Map<String, String> settings, String... more) {
        var words = new ArrayList<>(List.of("invalidator", "check", "--mapping", RentalShop.MAPPING));
        words.addAll(List.of(more));
        return EmbeddedCommand.run(settings, words.toArray(String[]::new));
    }

    /** Creates a role that may log in and replicate, but nothing else yet. */
    private Map<String, String> invalidator(Database dba) throws SQLException {
        var password = Secrets.random(16);
        dba.execute("create role shop_invalidator login replication password '" + password + "'");
        return Map.of(
                "FRESHET_JDBC_URL", shop.as("shop_invalidator", password).jdbcUrlWithUser(),
                "FRESHET_REDIS_URL", redis.uri(),
                "FRESHET_SLOT", "shop",
                "FRESHET_PUBLICATION", "shop",
                "FRESHET_ADMIN_PORT", "0");
    }

    /** Every key that some step makes stale, and some others. */
    private static Set<String> universe() {
        var keys = new TreeSet<>(UNTOUCHED);
        RentalShop.steps().forEach(step -> keys.addAll(step.keys()));
        keys.removeIf(key -> key.contains("*"));
        return keys;
    }

    private void fill(Collection<String> keys) {
        keys.forEach(key -> cache.redis().set(key, "cached by a program that knows of nothing"));
    }

    private Set<String> gone() {
        var gone = new TreeSet<>(universe());
        gone.removeAll(cache.existing(universe()));
        return gone;
    }

    private static Set<String> expected(RentalShop.Step step) {
        var expected = new TreeSet<String>();
        for (var key : step.keys()) {
            var regex = key.replace("*", ".*");
            universe().stream().filter(one -> one.matches(regex)).forEach(expected::add);
        }
        return expected;
    }

    /** Makes a change that makes nothing stale, as the last commit, and waits until it was handled. */
    private void drain(Database dba, Sidecar sidecar) throws SQLException {
        var target = dba.position();
        dba.execute("update country set last_update = clock_timestamp() where country_id = 2");
        cache.awaitPosition("shop", target, sidecar::log);
    }
}
