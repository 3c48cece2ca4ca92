// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.outage;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.e2e.context.Audit;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.context.ViewOracle;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Background;
import dev.freshet.e2e.server.Database;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis goes down under load, and comes back with its former entries. */
@ExtendWith(InstallationExtension.class)
class RedisOutageTest {
    private static final int WRITES_MEANWHILE = 40;

    private final Installation freshet;

    RedisOutageTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void writesGoOnReadsAreAnsweredAndNothingIsMissed() throws Exception {
        try (var app = freshet.application();
                var superuser = freshet.superuser()) {
            var tree = Tree.full(freshet.user("outage"), app);
            freshet.drain();
            warm(tree);
            try (var background = new Background()) {
                var writes = new AtomicInteger();
                var writer = background.repeat(() -> write(tree, app, writes));
                var reader = background.repeat(() -> warm(tree));
                awaitMore(writes, writer);

                freshet.redis().stop();
                awaitMore(writes, writer);
                awaitBypass(tree);
                reader.check();

                freshet.redis().resume();
                awaitMore(writes, writer);
                writer.stop();
                reader.stop();
            }
            freshet.drain();
            awaitCaching(tree);
            assertThat(Audit.stale(freshet.cache(), superuser))
                    .as("stale entries%n%s", freshet.logs())
                    .isEmpty();
        }
    }

    @Test
    void answersAreRightWithoutRedisAndEntriesFromBeforeDoNotComeBack() throws Exception {
        try (var app = freshet.application();
                var superuser = freshet.superuser()) {
            var tree = Tree.full(freshet.user("outage-at-rest"), app);
            freshet.drain();
            warm(tree);

            freshet.redis().stop();
            app.execute(
                    "update freshet.project_context set document = '{\"nearest\": \"during\"}' where id = ?",
                    tree.id("P1"));
            tree.user().delete(tree.node("T2").path()).expect(204);
            tree.user().patch(tree.node("T3").path(), Map.of("name", "during")).expect(200);
            assertRight(tree, superuser, "bypass");

            freshet.redis().resume();
            freshet.drain();
            awaitCaching(tree);
            assertRight(tree, superuser, "");
            assertThat(Audit.stale(freshet.cache(), superuser))
                    .as("stale entries%n%s", freshet.logs())
                    .isEmpty();
        }
    }

    private static void write(Tree tree, Database app, AtomicInteger writes) throws SQLException {
        int number = writes.incrementAndGet();
        if (number % 2 == 0) {
            app.execute(
                    "update freshet.branch_context set document = document || jsonb_build_object('n', ?) where id = ?",
                    number,
                    tree.id("B1"));
        } else {
            tree.user()
                    .patch(tree.node("P1").path(), Map.of("document", Map.of("n", number)))
                    .expect(200);
        }
    }

    private static void awaitMore(AtomicInteger writes, Background.Loop writer) {
        int enough = writes.get() + WRITES_MEANWHILE;
        await("writes go on").atMost(PATIENCE).until(() -> {
            writer.check();
            return writes.get() >= enough;
        });
    }

    private static void awaitBypass(Tree tree) {
        await("reads that pass by a dead Redis")
                .atMost(PATIENCE)
                .until(() -> tree.user()
                        .read(tree.node("T1").path() + "/resolved")
                        .expect(200)
                        .cache()
                        .equals("bypass"));
    }

    /** The reader's circuit breaker may take a moment to notice that Redis is back. */
    private void awaitCaching(Tree tree) {
        await("reads from the cache again")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tree.user()
                                .read(tree.node("T1").path() + "/resolved")
                                .expect(200)
                                .cache())
                        .as("cache%n%s", freshet.logs())
                        .isEqualTo("hit"));
        warm(tree);
    }

    private static void warm(Tree tree) {
        for (var view : tree.views()) {
            var answer = tree.user().read(view.path());
            assertThat(answer.status()).as("%s", answer).isIn(200, 404);
        }
    }

    private static void assertRight(Tree tree, Database superuser, String cache) throws SQLException {
        var oracle = ViewOracle.read(superuser);
        for (var view : tree.views()) {
            var answer = tree.user().read(view.path());
            assertThat(view.wrong(oracle, tree.user().name(), answer))
                    .as("%s: %s", view, answer)
                    .isEmpty();
            assertThat(answer.cache()).as("%s: %s", view, answer).contains(cache);
        }
    }
}
