// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.outage;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.e2e.context.Audit;
import dev.freshet.e2e.context.Entry;
import dev.freshet.e2e.context.Tree;
import dev.freshet.e2e.context.User;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Background;
import dev.freshet.e2e.server.Database;
import dev.freshet.protocol.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The invalidator is killed with SIGKILL under heavy load and restarted. Nothing is missed. */
@ExtendWith(InstallationExtension.class)
class InvalidatorKilledTest {
    private static final int TASKS = 10_000;
    private static final int TRANSACTIONS = 100;
    private static final int PER_TRANSACTION = TASKS / TRANSACTIONS;
    /** The number of tasks whose views are cached: some per transaction. */
    private static final int CACHED = 600;

    private final Installation freshet;

    InvalidatorKilledTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void inTheMiddleOfManyTransactions() throws Exception {
        try (var superuser = freshet.superuser();
                var background = new Background()) {
            var tasks = manyTasks("killed-many");
            var cached = warm(background, freshet.user("killed-many"), tasks);
            var committed = new ConcurrentHashMap<Integer, Lsn>();

            background.start(() -> updateInPortions(tasks, committed));
            awaitFirstGone(cached);
            freshet.killInvalidator();
            background.awaitStarted();

            var standing = freshet.cache().existing(cached.keySet());
            assertThat(standing.size()).as("entries left when it was killed").isBetween(1, cached.size() - 1);
            assertSlotIsNotPast(superuser, standing.stream().map(cached::get).toList(), committed);

            freshet.startInvalidator();
            assertNothingIsStale(superuser);
            assertThat(freshet.cache().existing(cached.keySet()))
                    .as("keys left")
                    .isEmpty();
        }
    }

    @Test
    void inTheMiddleOfOneLargeTransaction() throws Exception {
        try (var superuser = freshet.superuser();
                var app = freshet.application();
                var background = new Background()) {
            var tasks = manyTasks("killed-large");
            var cached = warm(background, freshet.user("killed-large"), tasks);
            var before = superuser.position();

            app.execute("update freshet.task_context set status = 'done' where user_id = 'killed-large'");
            var after = superuser.position();
            awaitFirstGone(cached);
            freshet.killInvalidator();
            if (!freshet.cache().existing(cached.keySet()).isEmpty()) {
                // Nothing of a transaction is acknowledged before all of it is evicted.
                assertThat(confirmed(superuser)).isLessThan(after);
            }
            assertThat(before).isLessThan(after);

            freshet.startInvalidator();
            assertNothingIsStale(superuser);
            assertThat(freshet.cache().existing(cached.keySet()))
                    .as("keys left")
                    .isEmpty();
        }
    }

    /** Creates 10,000 tasks in one branch. Returns their ids. */
    private List<Long> manyTasks(String name) throws SQLException {
        try (var app = freshet.application()) {
            var tree = Tree.full(freshet.user(name), app);
            app.execute(
                    "insert into freshet.task_context (user_id, branch_id, name) select ?, ?, 'task ' || n"
                            + " from generate_series(1, ?) n",
                    name,
                    tree.id("B3"),
                    TASKS);
            freshet.drain();
            var ids = new ArrayList<Long>();
            for (var row : app.rows(
                    "select id from freshet.task_context where user_id = ? and name like 'task %' order by id", name)) {
                ids.add(Long.valueOf(row.get(0)));
            }
            assertThat(ids).hasSize(TASKS);
            return ids;
        }
    }

    /** Caches the resolved views of some tasks. Returns the number of the task for each key. */
    private Map<String, Integer> warm(Background background, User user, List<Long> tasks) {
        int threads = 4;
        for (int i = 0; i < threads; i++) {
            int first = i;
            background.start(() -> {
                for (int n = first; n < CACHED; n += threads) {
                    user.read("/v1/tasks/" + tasks.get(numberOf(n)) + "/resolved")
                            .expect(200);
                }
            });
        }
        background.awaitStarted();
        var numbers = new HashMap<Long, Integer>();
        for (int n = 0; n < CACHED; n++) {
            numbers.put(tasks.get(numberOf(n)), numberOf(n));
        }
        var cached = new HashMap<String, Integer>();
        Entry.in(freshet.cache(), "ctx:{" + user.name() + "}:task:*").forEach(entry -> {
            var number = numbers.get(Long.valueOf(entry.id()));
            if (number != null) {
                cached.put(entry.key(), number);
            }
        });
        assertThat(cached).as("cached views").hasSize(CACHED);
        return cached;
    }

    /** The number of a cached task. Cached tasks are evenly spread over all tasks. */
    private static int numberOf(int cached) {
        return cached * (TASKS / CACHED);
    }

    private void updateInPortions(List<Long> tasks, Map<Integer, Lsn> committed) throws SQLException {
        try (var app = freshet.application()) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                app.execute(
                        "update freshet.task_context set status = 'done' where id between ? and ?",
                        tasks.get(i * PER_TRANSACTION),
                        tasks.get((i + 1) * PER_TRANSACTION - 1));
                committed.put(i, app.position());
            }
        }
    }

    private void awaitFirstGone(Map<String, Integer> cached) {
        await("the first eviction")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> freshet.cache().existing(cached.keySet()).size() < cached.size());
    }

    /** Entries that still exist are stale, so their transactions must be delivered again. */
    private void assertSlotIsNotPast(Database superuser, List<Integer> standing, Map<Integer, Lsn> committed)
            throws SQLException {
        var confirmed = confirmed(superuser);
        for (int task : standing) {
            int transaction = task / PER_TRANSACTION;
            assertThat(confirmed)
                    .as("acknowledged, although transaction %s was not evicted", transaction)
                    .isLessThan(committed.get(transaction));
        }
    }

    private Lsn confirmed(Database superuser) throws SQLException {
        return Lsn.parse(superuser.value(
                "select confirmed_flush_lsn::text from pg_replication_slots where database = current_database()"));
    }

    private void assertNothingIsStale(Database superuser) throws SQLException {
        freshet.drain();
        assertThat(Audit.stale(freshet.cache(), superuser))
                .as("stale entries%n%s", freshet.logs())
                .isEmpty();
    }
}
