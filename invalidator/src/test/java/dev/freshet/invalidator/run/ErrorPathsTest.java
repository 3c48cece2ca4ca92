// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.fault.FaultProxy.Moment;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request to PostgreSQL and to Redis fails once: before it is sent, after it is executed but not answered, and
 * right after its answer. Nothing may be lost, and nothing may be acknowledged or published too early.
 */
@WithPostgres
@WithRedis
class ErrorPathsTest {
    /** The requests, recognized by a text that is characteristic of them on the wire. */
    private enum Place {
        // Before the stream.
        LOCK(true, "pg_try_advisory_lock"),
        MAPPING_CHECK(true, "pg_attribute"),
        INSPECTION(true, "pg_publication_tables"),
        PUBLICATION_MADE(true, "CREATE PUBLICATION"),
        SLOT_MADE(true, "pg_create_logical_replication_slot"),
        SLOT(true, "FROM pg_replication_slots s"),
        SERVER(true, "pg_control_system"),
        OLDER_TRANSACTIONS(true, "pg_snapshot_xmin"),
        CLAIM(false, "^\\*8\\r.*EVALSHA.*:~position"),
        WITHDRAWAL(false, "EVALSHA.*:~position.*held-at"),
        POSITION(false, "^\\*4.*EVALSHA.*:~position"),
        PURGE_FENCES(false, "SCAN.*~fences"),
        PURGE_KEYS(false, "SCAN.*:\\{\\*\\}:\\*"),
        PURGE_OWN_KEYS(false, "UNLINK.*item:7"),
        FIRST_POSITION(false, "EVALSHA.*covers"),
        SETTINGS(true, "synchronous_commit = local"),
        // In the stream.
        STREAM(true, "START_REPLICATION"),
        GATE(true, "pg_current_snapshot\\(\\)::text"),
        LOOK_UP(true, "JOIN \"public\"\\.\"err_owner\""),
        WAL_POSITION(true, "pg_current_wal_insert_lsn"),
        REPLICA_IDENTITIES(true, "relreplident"),
        STATE_OF_THE_SLOT(true, "FROM pg_replication_slots s"),
        HEARTBEAT(true, "pg_logical_emit_message"),
        ACKNOWLEDGEMENT(true, "^d\\x00\\x00\\x00\\x26r"),
        MASTERS(false, "^\\*4.*EVALSHA.*:~position"),
        EVICTION(false, "UNLINK.*(item|of):"),
        EVICTION_BY_TAG(false, "EVALSHA.*~fences"),
        FENCE_SETS(false, "SCAN.*~fences"),
        TAGS_BY_GLOB(false, "SCAN.*~tag:"),
        KEYS_BY_GLOB(false, "SCAN.*err:gone:"),
        IDENTITY_OF_THE_WALKED(false, "INFO"),
        PUBLICATION(false, "EVALSHA.*covers"),
        // Comes every thirty heartbeats, and so last: then nothing before it has made the stream reopen.
        INSPECTION_BESIDE(true, "pg_publication_tables");

        private static final List<Place> BEFORE_THE_STREAM = List.of(values()).subList(0, STREAM.ordinal());
        private static final List<Place> IN_THE_STREAM = List.of(values()).subList(STREAM.ordinal(), values().length);

        private static final Set<Place> BY_GLOB =
                EnumSet.of(FENCE_SETS, TAGS_BY_GLOB, KEYS_BY_GLOB, IDENTITY_OF_THE_WALKED);

        private final boolean postgres;
        private final Predicate<String> request;

        Place(boolean postgres, String pattern) {
            this.postgres = postgres;
            this.request = Pattern.compile(pattern, Pattern.DOTALL).asPredicate();
        }
    }

    private final TestDatabase database;
    private final RedisServer redis;
    private FaultProxy toPostgres;
    private FaultProxy toRedis;
    private RunFixture run;
    private Watch watch;
    private int row;

    ErrorPathsTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    @BeforeEach
    void start() {
        database.execute(
                "CREATE TABLE err_owner (id int PRIMARY KEY, name text)",
                "CREATE TABLE err_item (id int PRIMARY KEY, owner int)",
                "CREATE TABLE err_gone (id int PRIMARY KEY)",
                "ALTER TABLE err_owner REPLICA IDENTITY FULL",
                "ALTER TABLE err_item REPLICA IDENTITY FULL",
                "INSERT INTO err_owner SELECT i, 'o' || i FROM generate_series(1, 100) i");
        toPostgres = new FaultProxy(database.server().host(), database.server().port());
        toRedis = new FaultProxy(redis.host(), redis.port());
        // Without statements prepared on the server, whose text would not be on the wire.
        String url = "jdbc:postgresql://" + toPostgres.address() + "/" + database.name() + "?prepareThreshold=0";
        run = new RunFixture(
                database,
                "redis://" + toRedis.address(),
                "err",
                url,
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                """
                  owner:
                    table: public.err_owner
                    id: id
                  item:
                    table: public.err_item
                    id: id
                    references: { owner: owner }
                    keys: [ "err:item:{id}", "err:of:{owner.name}" ]
                  gone:
                    table: public.err_gone
                    id: id
                    tags: true
                    keys: [ "err:gone:{id}" ]
                """);
        watch = new Watch(database, redis, "err");
    }

    @AfterEach
    void stop() {
        run.close();
        watch.close();
        toRedis.close();
        toPostgres.close();
        database.dropSlot("err");
        database.execute("DROP PUBLICATION IF EXISTS err", "DROP TABLE err_owner, err_item, err_gone");
    }

    /**
     * The servers have done what they were asked for, and the answer is lost. {@link SessionStepsTest} has failures before
     * and after each step.
     */
    @ParameterizedTest
    @EnumSource(names = "IN_THE_MIDDLE")
    void whateverFailsNothingIsLostOrAcknowledgedTooEarly(Moment moment) {
        run.cache(7);
        Map<Place, FaultProxy.Fault> faults = new EnumMap<>(Place.class);
        Place.BEFORE_THE_STREAM.forEach(place -> faults.put(place, arm(place, moment)));

        run.startAndStream();

        assertThat(run.redis().exists(run.key(7))).isZero();
        faults.forEach((place, fault) ->
                assertThat(fault.struck()).as("%s %s", moment, place).isTrue());
        changeAndAwait();
        for (Place place : Place.IN_THE_STREAM) {
            var fault = arm(place, moment);
            if (place == Place.STREAM) {
                toPostgres.cut();
            }
            await(place + " " + moment).atMost(RunFixture.PATIENCE).until(() -> {
                if (Place.BY_GLOB.contains(place)) {
                    database.execute("TRUNCATE err_gone");
                }
                changeAndAwait();
                return fault.struck();
            });
            changeAndAwait();
            assertThat(watch.violation()).as("%s %s", moment, place).isEmpty();
        }
    }

    /** The next start reads again what was not evicted, or purges. */
    @Test
    void nothingIsLostThoughItStopsWhileItCannotEvict() {
        run.startAndStream();
        changeAndAwait();
        var fault = arm(Place.EVICTION, Moment.BEFORE).lasting();
        change();
        await().atMost(RunFixture.PATIENCE).until(fault::struck);
        // Long enough for an acknowledgement to reach the server, if one were sent.
        await().during(Duration.ofMillis(2500)).atMost(RunFixture.PATIENCE).until(fault::struck);
        run.supervisor().close();
        fault.over();
        assertThat(run.redis().exists("err:item:" + row)).isEqualTo(1);

        run.startAndStream();

        await().atMost(RunFixture.PATIENCE).until(() -> run.redis().exists("err:item:" + row, "err:of:o" + row) == 0);
        assertThat(watch.violation()).isEmpty();
    }

    /** The look-up for the first transaction sees the second one's row, and the other way round. */
    @Test
    void whatTwoTransactionsChangedIsFoundByTheLater() {
        run.startAndStream();
        changeAndAwait();
        redisSet("err:of:o1");
        var second = afterTheFirst();
        await().atMost(RunFixture.PATIENCE).until(second::struck);
        run.awaitPublished();
        assertThat(run.redis().exists("err:of:o1")).isZero();
    }

    @Test
    void aTransactionThatALaterOneNeedsComesAgainWithIt() {
        run.startAndStream();
        changeAndAwait();
        redisSet("err:of:o1");
        var stuck = toPostgres.failAt(
                Moment.NEVER,
                Pattern.compile("JOIN \"public\"\\.\"err_item\"").asPredicate(),
                1,
                () -> toPostgres.hold("lookups"));
        afterTheFirst();
        await().atMost(RunFixture.PATIENCE).until(stuck::struck);
        // A later change would carry an acknowledgement of the first to the server, if there were one.
        database.execute("INSERT INTO err_gone VALUES (1000)");
        for (int i = 0; i < 3; i++) {
            String report = lastReport();
            await().atMost(RunFixture.PATIENCE).until(() -> !report.equals(lastReport()));
        }
        assertThat(run.redis().exists("err:of:o1")).isEqualTo(1);
        toPostgres.cut();
        run.awaitPublished();
        assertThat(run.redis().exists("err:of:o1")).isZero();
    }

    /** When the stream's client last reported its position to the server. */
    private String lastReport() {
        return run.text("SELECT r.reply_time FROM pg_stat_replication r JOIN pg_replication_slots s"
                + " ON s.active_pid = r.pid WHERE s.slot_name = 'err'");
    }

    /** Runs two transactions that change parts of the same key. The second commits during the look-up for the first. */
    private FaultProxy.Fault afterTheFirst() {
        var second = toPostgres.failAt(
                Moment.NEVER,
                Place.LOOK_UP.request,
                1,
                () -> database.execute("UPDATE err_owner SET name = 'other' WHERE id = 1"));
        database.execute("UPDATE err_item SET owner = 2 WHERE id = 1");
        return second;
    }

    private FaultProxy.Fault arm(Place place, Moment moment) {
        return (place.postgres ? toPostgres : toRedis).failAt(moment, place.request);
    }

    private void changeAndAwait() {
        change();
        run.awaitPublished();
        assertThat(run.redis().exists("err:item:" + row, "err:of:o" + row)).isZero();
    }

    /** Makes two keys stale: one named by the row, one by a row that is looked up. */
    private void change() {
        row++;
        redisSet("err:item:" + row);
        redisSet("err:of:o" + row);
        database.execute(
                "INSERT INTO err_gone VALUES (" + row + ")", "INSERT INTO err_item VALUES (" + row + ", " + row + ")");
        watch.committed(row, run.text("SELECT pg_current_wal_insert_lsn()"));
    }

    private void redisSet(String key) {
        watch.redis().set(key, "cached");
    }
}
