// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisOptions;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.junit.WithPostgres;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis fails over, is emptied, restarted and replaced, both while the invalidator runs and while it does not. */
@WithPostgres
class FailoverTest {
    private final TestDatabase database;
    private final RedisServer first =
            RedisServer.start(RedisOptions.defaults().withPersistence().directive("repl-diskless-sync-delay 0"));
    private final RedisServer second = RedisServer.start();
    private final FaultProxy proxy = new FaultProxy(first.host(), first.port());
    private RedisClient client;
    private RedisCommands<String, String> replica;

    FailoverTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void connect() {
        client = RedisClient.create(second.uri());
        replica = client.connect().sync();
    }

    @AfterEach
    void stop() throws Exception {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        proxy.close();
        second.close();
        first.close();
    }

    /** The replica has the entry and the position from before the change. Its clock and its fence sets are its own. */
    @Test
    void whatThePromotedReplicaHadNotGotIsEvictedThereAgain() {
        try (var run = run("fail_repeat").startAndStream()) {
            replicate();
            // The first replica of a master makes it begin a new replication id.
            run.awaitCount("failovers", 1);
            run.awaitPublished();
            double before = run.count("failovers");
            String epoch = run.position("epoch");
            run.cache(1, 2);
            run.redis().zadd("fail-repeat:{u1}:~fences", 1, "~created");
            detach(run);
            run.execute("INSERT INTO fail_repeat VALUES (1, 'x')");
            run.awaitGone(1);
            run.awaitPublished();
            assertThat(replica.exists(run.key(1), run.key(2), "fail-repeat:{u1}:~fences"))
                    .isEqualTo(3);

            proxy.lead(second.host(), second.port());

            await().atMost(RunFixture.PATIENCE).until(() -> replica.exists(run.key(1)) == 0);
            run.awaitCount("failovers", before + 1);
            run.awaitPublished();
            assertThat(replica.exists("fail-repeat:{u1}:~fences")).isZero();
            assertThat(replica.exists(run.key(2))).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
            assertThat(run.position("master")).startsWith(field(replica.info("server"), "run_id"));
            assertThat(run.position("epoch")).isEqualTo(epoch);
        }
    }

    /** It may still hold what the purge was for. */
    @Test
    void aReplicaFromBeforeAPurgeIsPurgedToo() {
        try (var run = run("fail_epoch").startAndStream()) {
            replicate();
            run.awaitCount("failovers", 1);
            run.awaitPublished();
            run.cache(7);
            run.supervisor().close();
            detach(run);
            run.redis().del("fail-epoch:~position");
            run.startAndStream();
            assertThat(run.redis().exists(run.key(7))).isZero();

            proxy.lead(second.host(), second.port());

            await().atMost(RunFixture.PATIENCE).until(() -> replica.exists(run.key(7)) == 0);
        }
    }

    /** It may still hold what only the new mapping evicts, and no history contains that. */
    @Test
    void aReplicaFromBeforeAChangedMappingIsPurged() {
        try (var run = run("fail_mapping").startAndStream()) {
            replicate();
            run.awaitCount("failovers", 1);
            run.awaitPublished();
            run.redis().set("fail-mapping:new:1", "cached");
            run.supervisor().close();
            detach(run);
            run.mapping("""
                      item:
                        table: public.fail_mapping
                        id: id
                        keys: [ "fail-mapping:item:{id}", "fail-mapping:new:{id}" ]
                    """).startAndStream();
            run.awaitPublished();
            assertThat(run.redis().exists("fail-mapping:new:1")).isZero();
            assertThat(replica.exists("fail-mapping:new:1")).isEqualTo(1);

            proxy.lead(second.host(), second.port());

            await().atMost(RunFixture.PATIENCE).until(() -> replica.exists("fail-mapping:new:1") == 0);
        }
    }

    /** Its position is from before the purge, and sessions would rely on it during the purge. */
    @Test
    void aPurgeAfterAFailoverWithdrawsThePositionFirst() {
        try (var run = run("fail_withdraw").startAndStream()) {
            replicate();
            run.awaitCount("failovers", 1);
            run.awaitPublished();
            run.supervisor().close();
            detach(run);
            run.redis().del("fail-withdraw:~position");
            run.startAndStream();
            assertThat(replica.hget("fail-withdraw:~position", "lsn")).isNotNull();
            var position = new AtomicReference<>("not asked for");
            proxy.failAt(
                    FaultProxy.Moment.NEVER,
                    request -> request.contains("SCAN") && request.contains("~fences"),
                    1,
                    () -> position.set(replica.hget("fail-withdraw:~position", "lsn")));

            proxy.lead(second.host(), second.port());

            await().atMost(RunFixture.PATIENCE).until(() -> !"not asked for".equals(position.get()));
            assertThat(position).hasNullValue();
        }
    }

    @Test
    void whereTheReplicaIsFurtherBehindThanIsRememberedTheNamespaceIsPurged() {
        try (var run = run("fail_old").startAndStream()) {
            run.cache(1, 2);
            replicate();
            detach(run);
            run.execute("INSERT INTO fail_old VALUES (1, 'x')");
            run.awaitGone(1);
            run.awaitPublished();
            String position = run.position("lsn");
            String epoch = run.position("epoch");
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> run.query("SELECT (confirmed_flush_lsn >= '" + position
                                    + "')::int FROM pg_replication_slots WHERE slot_name = 'fail_old'")
                            == 1);
            // A new session remembers nothing of what the last one evicted.
            run.supervisor().close();
            run.startAndStream();
            assertThat(run.count("purges")).isEqualTo(1);

            proxy.lead(second.host(), second.port());

            await().atMost(RunFixture.PATIENCE).until(() -> replica.exists(run.key(1), run.key(2)) == 0);
            await().atMost(RunFixture.PATIENCE).until(() -> isLater(epoch, run.position("epoch")));
            assertThat(run.count("restarts")).as("sessions that failed").isZero();
        }
    }

    @Test
    void aRestartedRedisGetsWhatItMayHaveForgotten() {
        try (var run = run("fail_restart").startAndStream()) {
            run.cache(1, 2);
            String master = run.position("master");
            first.restart();
            run.execute("INSERT INTO fail_restart VALUES (1, 'x')");
            run.awaitGone(1);
            run.awaitCount("failovers", 1);
            await().atMost(RunFixture.PATIENCE)
                    .until(() -> run.position("master") != null && !master.equals(run.position("master")));
            assertThat(run.redis().exists(run.key(2))).isEqualTo(1);
            assertThat(run.count("purges")).isEqualTo(1);
        }
    }

    /** Entries, fence sets and position are lost together: nothing old is left, and no older token is accepted. */
    @Test
    void anEmptiedRedisShowsThePositionAgain() {
        try (var run = run("fail_flush").startAndStream()) {
            String epoch = run.position("epoch");
            run.redis().flushall();
            run.awaitPublished();
            run.redis().del("fail-flush:~position");
            run.awaitPublished();
            assertThat(run.position("epoch")).isEqualTo(epoch);
            assertThat(run.count("failovers")).isZero();
        }
    }

    @Test
    void anEmptyReplacementIsPurgedAndShowsThePosition() {
        try (var run = run("fail_empty").startAndStream()) {
            String epoch = run.position("epoch");
            replica.set(run.key(5), "from who knows when");
            proxy.lead(second.host(), second.port());
            await().atMost(RunFixture.PATIENCE).until(() -> replica.exists(run.key(5)) == 0);
            run.awaitPublished();
            assertThat(isLater(epoch, run.position("epoch"))).isTrue();
        }
    }

    /** Redis may have lost evictions, and no process remembers them. */
    @Test
    void aRestartWhileNobodyRunsMeansPurge() {
        try (var run = run("fail_start").startAndStream()) {
            run.supervisor().close();
            run.cache(8);
            first.restart();
            run.startAndStream();
            assertThat(run.redis().exists(run.key(8))).isZero();
            assertThat(run.registry
                            .get("freshet.invalidator.purges")
                            .tag("reason", "other-master")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aPurgeThatEndsOnAnotherMasterBeginsAgain() {
        int keys = 20_000;
        try (var run = run("fail_purge")) {
            String script = "for i = 1, " + keys + " do redis.call('SET', 'fail-purge:{u1}:e:' .. i, 'x') end";
            run.redis().eval(script, ScriptOutputType.STATUS);
            replicate();
            detach(run);
            // The namespace is done, and what is left are the names that it does not hold.
            var fault = proxy.failAt(
                    FaultProxy.Moment.AFTER,
                    request -> request.contains("SCAN") && request.contains("item:*"),
                    1,
                    () -> proxy.lead(second.host(), second.port()));

            run.startAndStream();

            assertThat(fault.struck()).isTrue();
            assertThat(replica.keys("fail-purge:{*")).isEmpty();
        }
    }

    private static boolean isLater(String before, String after) {
        return after != null && Long.parseLong(after) > Long.parseLong(before);
    }

    private RunFixture run(String name) {
        return new RunFixture(database, "redis://" + proxy.address(), name, database.jdbcUrl(), Duration.ofSeconds(10));
    }

    private void replicate() {
        replica.replicaof(first.host(), first.port());
        await().atMost(RunFixture.PATIENCE)
                .until(() -> replica.info("replication").contains("master_link_status:up"));
    }

    /** The replica has what is there by now, and gets no more. */
    private void detach(RunFixture run) {
        run.redis().set("unrelated", "x");
        await().atMost(RunFixture.PATIENCE).until(() -> replica.exists("unrelated") == 1);
        replica.replicaofNoOne();
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
