// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.Secrets;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else's tables, keys that somebody else fills with plain SET, and a mapping. Nothing more is needed. */
@ExtendWith(InstallationExtension.class)
class ForeignSchemaTest {
    /** Keys of rows and views that no step touches. */
    private static final List<String> UNTOUCHED = List.of(
            "country:2", "film:11", "stock:1:10", "store:2", "manager:nils:store", "customer:1004", "unrelated");

    private final Installation freshet;

    ForeignSchemaTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void afterWhatCheckAsksForEachChangeEvictsExactlyItsKeys() throws Exception {
        try (var shop = freshet.createDatabase("shop");
                var dba = new Database(shop.connect())) {
            dba.script(RentalShop.schema());
            dba.script(RentalShop.rows());
            var settings = invalidator(shop, dba);
            var check = Command.freshet("invalidator", "check", "--mapping", RentalShop.MAPPING)
                    .with(settings);

            var asked = check.run().expect(1);
            assertThat(asked.output()).contains("CREATE PUBLICATION", "GRANT SELECT", "REPLICA IDENTITY FULL");
            var statements = Command.freshet("invalidator", "check", "--sql", "--mapping", RentalShop.MAPPING)
                    .with(settings);
            dba.script(statements.run().expect(0).output());
            check.run().expect(0);
            // What is offered as a comment spares evictions. Ours are to be exact, so we take it too.
            dba.script(statements.run().expect(0).output().replace("-- ALTER TABLE", "ALTER TABLE"));
            assertThat(check.run().expect(0).output().lines().filter(line -> !line.startsWith("note: ")))
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

    /** Creates a role that may log in and replicate, but nothing else yet. */
    private Map<String, String> invalidator(TestDatabase shop, Database dba) throws SQLException {
        var password = Secrets.random(16);
        dba.execute("create role shop_invalidator login replication password '" + password + "'");
        return Map.of(
                "FRESHET_JDBC_URL", shop.jdbcUrl(),
                "FRESHET_JDBC_USER", "shop_invalidator",
                "FRESHET_JDBC_PASSWORD", password,
                "FRESHET_REDIS_URL", freshet.redis().uri(),
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
        keys.forEach(key -> freshet.cache().redis().set(key, "cached by a program that knows of nothing"));
    }

    private Set<String> gone() {
        var gone = new TreeSet<>(universe());
        gone.removeAll(freshet.cache().existing(universe()));
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
        freshet.cache().awaitPosition("shop", target, sidecar::log);
    }
}
