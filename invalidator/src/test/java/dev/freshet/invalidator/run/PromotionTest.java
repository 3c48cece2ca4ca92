// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.devservices.PostgresPair;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.devservices.postgres.PostgresVersion;
import dev.freshet.docs.DocPage;
import dev.freshet.invalidator.run.settings.OnPromotion;
import dev.freshet.invalidator.run.status.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A primary that crashes, and its standby that is promoted. */
@WithRedis
class PromotionTest {
    private static final Logger LOG = LoggerFactory.getLogger(PromotionTest.class);
    private static final int SYNCHRONISES_SLOTS = 17;

    private final RedisServer redis;

    PromotionTest(RedisServer redis) {
        this.redis = redis;
    }

    /** The standby confirms each commit before anybody sees it, and has the slot: nothing is missing there. */
    @Test
    void withASynchronisedSlotEvictionsGoOnWithoutAPurge() throws SQLException {
        assumeSlotsAreSynchronised();
        var page = new DocPage("change/failover.md");
        try (var pair = PostgresPair.start(settings(page.lines("ini", 0)))) {
            pair.primary().maintenance().execute(page.lines("sql", 0).toArray(String[]::new));
            try (var run = run(pair, "promoted_slot").with(OnPromotion.CONTINUE)) {
                run.startAndStream();
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() ->
                                isTrue(pair.standby(), page.block("sql", 1).replace("'freshet'", "'promoted_slot'")));
                run.cache(1, 2, 3);
                run.execute("INSERT INTO promoted_slot VALUES (1, 'x')");
                run.awaitGone(1);
                String epoch = run.position("epoch");
                double purges = run.count("purges");

                pair.primary().kill();
                run.awaitState(State.FAILED);
                pair.promote();
                TestDatabase promoted = pair.standby().maintenance();
                promoted.execute("INSERT INTO promoted_slot VALUES (2, 'x')");
                run.awaitGone(2);
                run.awaitState(State.STREAMING);

                assertThat(run.redis().exists(run.key(3)))
                        .as("what did not change")
                        .isEqualTo(1);
                assertThat(run.position("epoch")).as("no purge").isEqualTo(epoch);
                assertThat(run.count("purges")).isEqualTo(purges);
                assertThat(run.position("timeline")).isEqualTo("2");
            }
        }
    }

    /** Although it may go on: the new primary has no slot from which it could. */
    @Test
    void withoutASynchronisedSlotTheNamespaceIsPurgedAndEvictionsGoOn() {
        try (var pair = PostgresPair.start();
                var run = run(pair, "promoted_alone").with(OnPromotion.CONTINUE)) {
            run.startAndStream();
            String epoch = run.position("epoch");
            run.cache(1, 3);

            pair.primary().kill();
            run.awaitState(State.FAILED);
            pair.promote();
            run.awaitState(State.STREAMING);

            assertThat(run.redis().exists(run.key(1), run.key(3))).as("purged").isZero();
            assertThat(run.position("epoch")).isNotEqualTo(epoch);
            run.cache(2, 3);
            pair.standby().maintenance().execute("INSERT INTO promoted_alone VALUES (2, 'x')");
            run.awaitGone(2);
            assertThat(run.redis().exists(run.key(3))).isEqualTo(1);
        }
    }

    private RunFixture run(PostgresPair pair, String name) {
        return new RunFixture(
                pair.primary().maintenance(),
                redis.uri(),
                name,
                "jdbc:postgresql://" + address(pair.primary()) + "," + address(pair.standby()) + "/postgres",
                Duration.ofSeconds(10));
    }

    private static String address(PostgresServer server) {
        return server.host() + ":" + server.port();
    }

    private static Map<String, String> settings(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(" = "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].replace("'", "")));
    }

    private static boolean isTrue(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.maintenance().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void assumeSlotsAreSynchronised() {
        int version = PostgresVersion.chosen().orElse(PostgresVersion.NEWEST);
        String why = "PostgreSQL " + version + " does not synchronise slots; needs " + SYNCHRONISES_SLOTS + " or later";
        if (version < SYNCHRONISES_SLOTS) {
            LOG.warn("skipped: {}", why);
        }
        assumeTrue(version >= SYNCHRONISES_SLOTS, why);
    }
}
