// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static dev.freshet.invalidator.run.AuditFixture.ANN;
import static dev.freshet.invalidator.run.AuditFixture.note;
import static dev.freshet.invalidator.run.AuditFixture.owner;
import static dev.freshet.invalidator.run.AuditFixture.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.audit.AuditCounts.Unchecked;
import dev.freshet.audit.entry.CachedEntries;
import dev.freshet.audit.verdict.UndecidedReason;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.fault.FaultProxy.Moment;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import dev.freshet.invalidator.run.audit.AuditThread;
import dev.freshet.invalidator.run.audit.RunHistory;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Audits of a real Redis and PostgreSQL with a running invalidator. */
@WithPostgres
@WithRedis
class AuditTest {
    private static final Tag LIST = Tag.children("owner", List.of(ANN.value()), "part");
    private static final Tag INHERITED = Tag.inherited("owner", List.of(ANN.value()));

    private final TestDatabase database;
    private final RedisServer redis;

    AuditTest(TestDatabase database, RedisServer redis) {
        this.database = database;
        this.redis = redis;
    }

    private AuditFixture fixture(String name) {
        return new AuditFixture(database, redis.uri(), name);
    }

    /** Stores an entry that was loaded before a change, after the change's eviction. Returns its key. */
    private static String cacheStale(AuditFixture cached) {
        var before = cached.load();
        cached.execute("UPDATE @_part SET name = 'new' WHERE number = 7");
        cached.awaitPublished();
        return cached.cache(before, ANN, part(7), "own", "{}");
    }

    @Test
    void acleanCacheHasNoViolations() {
        try (var cached = fixture("audit_clean").start()) {
            var load = cached.load();
            cached.cache(load, ANN, part(7), "own", "{}");
            cached.cache(load, ANN, part(8), "resolved", "{}", part(8), INHERITED);
            cached.cache(load, ANN, owner(), "part.50.0", "{}", LIST);
            cached.cache(load, ANN, part(99), "own", "null");
            cached.cache(load, Isolate.SHARED, note(), "own", "{}");

            cached.audit();

            assertThat(cached.counts.allChecked()).isEqualTo(5);
            assertThat(cached.counts.allViolations()).isZero();
            assertThat(cached.counts.allUndecided()).isZero();
            assertThat(cached.counts.allFalseAlarms()).isZero();
        }
    }

    @Test
    void staleEntriesAreFoundWithTheirHistory() {
        try (var cached = fixture("audit_stale").start()) {
            var before = cached.load();
            cached.execute("UPDATE @_part SET name = 'new' WHERE number = 7", "DELETE FROM @_part WHERE number = 8");
            cached.execute("INSERT INTO @_part VALUES ('a:b,c', 9, 'ann/1 {ü}')", "UPDATE @_note SET text = 'new'");
            cached.awaitPublished();
            var changed = cached.cache(before, ANN, part(7), "own", "{}");
            var deleted = cached.cache(before, ANN, part(8), "own", "{}");
            var missing = cached.cache(before, ANN, part(9), "own", "null");
            var shared = cached.cache(before, Isolate.SHARED, note(), "own", "{}");
            var list = cached.cache(before, ANN, owner(), "part.50.0", "{}", LIST);
            cached.cache(cached.load(), ANN, part(7), "other", "{}");

            cached.audit();

            assertThat(cached.counts.allViolations()).isEqualTo(5);
            assertThat(cached.counts.allChecked()).isEqualTo(6);
            assertThat(cached.violations)
                    .extracting(violation -> violation.key())
                    .containsExactlyInAnyOrder(changed, deleted, missing, shared, list);
            var violation = cached.violations.stream()
                    .filter(one -> one.key().equals(changed))
                    .findFirst()
                    .orElseThrow();
            assertThat(violation.tag()).isEqualTo(part(7).name());
            assertThat(violation.snapshot()).isEqualTo(before.snapshot());
            assertThat(violation.xid()).isPositive();
            assertThat(violation.traces().ttlMillis()).isBetween(1L, 300_000L);
            assertThat(violation.history()).hasSize(1);
            assertThat(violation.evictedBy(violation.history().get(0))).isTrue();
            assertThat(violation.history().get(0).txId()).isEqualTo(violation.xid());
            assertThat(cached.violations)
                    .allSatisfy(one -> assertThat(one.tell())
                            .contains(one.key(), "evicted the tag")
                            .doesNotContain(AuditFixture.SECRET));
        }
    }

    @Test
    void anEntryThatItsTagsDoNotListIsNoViolation() {
        try (var cached = fixture("audit_unlisted").start()) {
            cacheStale(cached);
            cached.redis().del("audit-unlisted:{" + "ann%2F1%20%7B%C3%BC%7D}:~tag:" + part(7).name());

            cached.audit();

            assertThat(cached.counts.allViolations()).isZero();
            assertThat(cached.counts.allFalseAlarms()).isEqualTo(1);
        }
    }

    @Test
    void anEntryThatIsEvictedMeanwhileIsAFalseAlarm() throws Exception {
        try (var cached = fixture("audit_flight").start()) {
            cached.awaitPublished();
            cached.stop();
            cached.cache(cached.load(), ANN, part(7), "own", "{}");
            cached.execute("UPDATE @_part SET name = 'new' WHERE number = 7");
            var audit = CompletableFuture.runAsync(() -> cached.audit(null, AuditFixture.PATIENCE));
            await().atMost(AuditFixture.PATIENCE).until(() -> cached.counts.allChecked() == 1);
            cached.start();

            audit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(cached.counts.allFalseAlarms()).isEqualTo(1);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    @Test
    void anInvalidatorThatLagsIsNoViolation() {
        try (var cached = fixture("audit_lag").start()) {
            cached.awaitPublished();
            cached.stop();
            cached.cache(cached.load(), ANN, part(7), "own", "{}");
            cached.execute("UPDATE @_part SET name = 'new' WHERE number = 7");

            cached.audit(null, Duration.ofMillis(300));

            assertThat(cached.counts.undecidedFor(UndecidedReason.POSITION_BEHIND))
                    .isEqualTo(1);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    /** The tags still list the key, but the entry is no longer the same. */
    @Test
    void anEntryThatIsReplacedBetweenTheLooksIsAFalseAlarm() {
        try (var cached = fixture("audit_replaced").start()) {
            cacheStale(cached);
            var history = new RunHistory(
                    cached.supervisor().recent(), cached.supervisor().progress());

            cached.audit(
                    database,
                    history,
                    AuditFixture.PATIENCE,
                    cache -> afterListed(cache, () -> cached.cache(cached.load(), ANN, part(7), "own", "{}")));

            assertThat(cached.counts.allFalseAlarms()).isEqualTo(1);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    /** Positions of two databases cannot be compared. */
    @ParameterizedTest
    @ValueSource(strings = {"system", "database"})
    void thePositionOfAnotherDatabaseProvesNothing(String field) {
        try (var cached = fixture("audit_other_" + field).start()) {
            cacheStale(cached);
            var history = new RunHistory(
                    cached.supervisor().recent(), cached.supervisor().progress());
            cached.stop();
            cached.redis().hset("audit-other-" + field + ":~position", field, "1");

            cached.audit(history, Duration.ofMillis(300));

            assertThat(cached.counts.undecidedFor(UndecidedReason.POSITION_BEHIND))
                    .isEqualTo(1);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    @Test
    void whatEvictsNothingIsExplainedByTheHistoryAndOpenWithoutIt() {
        try (var cached = fixture("audit_same").start()) {
            cached.execute("UPDATE @_owner SET settings = 'first'");
            cached.awaitPublished();
            var load = cached.load();
            cached.cache(load, ANN, part(7), "own", "{}");
            cached.cache(load, ANN, part(8), "resolved", "{}", part(8), INHERITED);
            cached.cache(load, ANN, owner(), "part.50.0", "{}", LIST);
            cached.execute(
                    "UPDATE @_part SET name = name WHERE number = 7",
                    "UPDATE @_owner SET name = 'not inherited'",
                    "UPDATE @_part SET text = text WHERE number = 8");
            cached.awaitPublished();

            cached.audit(null, AuditFixture.PATIENCE);
            assertThat(cached.counts.undecidedFor(UndecidedReason.NO_HISTORY)).isEqualTo(3);

            cached.audit();
            assertThat(cached.counts.allFalseAlarms()).isEqualTo(3);
            assertThat(cached.counts.allUndecided()).isEqualTo(3);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    @Test
    void whereEveryUpdateCountsNoHistoryIsNeeded() {
        try (var cached = fixture("audit_alone").start()) {
            var before = cached.load();
            cached.execute("UPDATE @_note SET text = 'new'");
            cached.awaitPublished();
            cached.cache(before, Isolate.SHARED, note(), "own", "{}");

            cached.audit(null, AuditFixture.PATIENCE);

            assertThat(cached.counts.allViolations()).isEqualTo(1);
            assertThat(cached.violations.get(0).history()).isEmpty();
        }
    }

    @Test
    void aChangeThatWasNeverDeliveredIsFound() {
        try (var cached = fixture("audit_missed").start()) {
            cached.execute("UPDATE @_note SET text = 'first'");
            cached.awaitPublished();
            cached.cache(cached.load(), ANN, part(7), "own", "{}");
            // A renamed table is another table. It is renamed in one transaction, so that nobody else sees it, and
            // back in a savepoint, so that the row does not look as if ALTER TABLE had written it.
            cached.execute(
                    "BEGIN; ALTER TABLE @_part RENAME TO @_gone; UPDATE @_gone SET name = 'new' WHERE number = 7;"
                            + " SAVEPOINT back; ALTER TABLE @_gone RENAME TO @_part; COMMIT");
            cached.awaitPublished();

            cached.audit();

            assertThat(cached.counts.allViolations()).isEqualTo(1);
            assertThat(cached.violations.get(0).why()).contains("never saw");
        }
    }

    @Test
    void ofLargeTransactionsAllIsKnownAsLongAsThereIsRoom() {
        try (var cached = fixture("audit_large").start()) {
            cached.execute(
                    "INSERT INTO @_part SELECT 'many', n, 'ann/1 {ü}' FROM generate_series(1, 500) n",
                    "INSERT INTO @_part SELECT 'more', n, 'ann/1 {ü}' FROM generate_series(1, 500) n");
            cached.awaitPublished();
            var before = cached.load();
            cached.execute(
                    "UPDATE @_part SET name = 'new' WHERE kind = 'many'",
                    "UPDATE @_part SET name = name WHERE kind = 'more'");
            cached.awaitPublished();
            var stale = cached.cache(before, ANN, Tag.row("part", List.of("many", "499")), "own", "{}");
            cached.cache(before, ANN, Tag.row("part", List.of("more", "499")), "own", "{}");

            cached.audit();

            assertThat(cached.violations)
                    .extracting(violation -> violation.key())
                    .containsExactly(stale);
            assertThat(cached.counts.allFalseAlarms()).isEqualTo(1);
            assertThat(cached.counts.allUndecided()).isZero();
        }
    }

    /**
     * The fixture asserts this for every audit. An audit only reads: it makes no difference whether the server has seen a
     * request that was not answered, and a connection that breaks after an answer fails with the next request.
     */
    @ParameterizedTest
    @EnumSource(names = "IN_THE_MIDDLE")
    void theCountsAddUpWhicheverRequestFails(Moment moment) {
        String name = "audit_" + moment.name().toLowerCase(Locale.ROOT);
        try (var cached = fixture(name).start();
                var toRedis = new FaultProxy(redis.host(), redis.port());
                var toPostgres = new FaultProxy(
                        database.server().host(), database.server().port())) {
            cacheStale(cached);
            cached.cache(cached.load(), ANN, part(8), "own", "{}");
            cached.auditThrough(toRedis);
            cached.auditDatabaseAt(toPostgres.address());
            assertThat(auditsUntilNoneFails(cached, toRedis, moment)).isGreaterThan(3);
            assertThat(auditsUntilNoneFails(cached, toPostgres, moment)).isGreaterThan(3);
            assertThat(cached.counts.allFalseAlarms()).isZero();
            assertThat(cached.counts.allViolations()).isPositive();
        }
    }

    /**
     * Runs audits in which the first request fails, then the second, and so on. Returns how many it took until none
     * failed.
     */
    private static int auditsUntilNoneFails(AuditFixture cached, FaultProxy proxy, Moment moment) {
        boolean struck = true;
        int nth = 0;
        while (struck) {
            var fault = proxy.failAt(moment, request -> true, ++nth, () -> {});
            long violations = cached.counts.allViolations();
            long right = cached.counts.allRight();
            try {
                cached.audit();
                assertThat(cached.counts.allViolations()).isEqualTo(violations + 1);
                assertThat(cached.counts.allRight()).isEqualTo(right + 1);
            } catch (CachedEntries.UnavailableException | IllegalStateException e) {
                assertThat(fault.struck()).as(e.getMessage()).isTrue();
            }
            struck = fault.struck();
            fault.over();
        }
        return nth;
    }

    @Test
    void aTableThatWasWrittenAnewIsNotBlamed() {
        try (var cached = fixture("audit_altered").start()) {
            cached.execute("UPDATE @_owner SET settings = 'first'");
            cached.awaitPublished();
            cached.cache(cached.load(), ANN, part(7), "own", "{}");
            cached.execute("ALTER TABLE @_part ADD COLUMN made timestamptz DEFAULT clock_timestamp()");
            cached.awaitPublished();

            cached.audit();

            assertThat(cached.counts.undecidedFor(UndecidedReason.TABLE_ALTERED))
                    .isEqualTo(1);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    @Test
    void whatCannotBeCheckedIsCounted() {
        try (var cached = fixture("audit_odd").start()) {
            cached.awaitPublished();
            var load = cached.load();
            cached.redis().set("audit-odd:{~}:note:1:own", "{\"tags\":[\"note:1\"],\"value\":1}");
            cached.redis().set("audit-odd:{~}:note:2:own", "no entry");
            cached.redis().set("audit-odd:{~}:note", "no entry");
            cached.redis().set("audit-odd:{~}:~warming:note:3:own", "of Freshet's own");
            cached.cache(new AuditFixture.Load("0/1", "4000000000:4000000000:"), Isolate.SHARED, note(), "own", "{}");
            cached.cache(load, ANN, Tag.row("part", List.of("a", "seven")), "own", "null");
            cached.cache(load, ANN, part(7), "own", "{}");
            cached.cache(load, ANN, Tag.row("thing", List.of("1")), "own", "{}");

            cached.audit();

            assertThat(cached.counts.uncheckedFor(Unchecked.NO_SNAPSHOT)).isEqualTo(1);
            assertThat(cached.counts.uncheckedFor(Unchecked.NOT_AN_ENTRY)).isEqualTo(2);
            assertThat(cached.counts.uncheckedFor(Unchecked.OTHER_DATABASE)).isEqualTo(1);
            assertThat(cached.counts.uncheckedFor(Unchecked.UNCOVERED)).isEqualTo(1);
            assertThat(cached.counts.undecidedFor(UndecidedReason.BAD_ID)).isEqualTo(1);
            assertThat(cached.counts.allChecked()).isEqualTo(2);
            assertThat(cached.counts.allViolations()).isZero();
        }
    }

    @Test
    void aRoleThatMayOnlySelectIsEnough() {
        try (var cached = fixture("audit_role").start()) {
            var before = cached.load();
            cached.execute(
                    "CREATE ROLE audit_role LOGIN PASSWORD 'audit_role'",
                    "GRANT SELECT ON @_owner, @_part, @_note TO audit_role",
                    "UPDATE @_note SET text = 'new'");
            try {
                cached.awaitPublished();
                cached.cache(before, Isolate.SHARED, note(), "own", "{}");
                cached.cache(before, ANN, owner(), "part.50.0", "{}", LIST);

                cached.audit(database.as("audit_role", "audit_role"), null, AuditFixture.PATIENCE);

                assertThat(cached.counts.allViolations()).isEqualTo(1);
                assertThat(cached.counts.allChecked()).isEqualTo(2);
            } finally {
                cached.execute("DROP OWNED BY audit_role", "DROP ROLE audit_role");
            }
        }
    }

    @Test
    void theInvalidatorAuditsByItselfAndTellsItsMeters() {
        try (var cached = fixture("audit_meters").start()) {
            cacheStale(cached);
            cached.cache(cached.load(), ANN, part(8), "own", "{}");
            var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (var audit = new AuditThread(
                    cached.supervisor()::settings,
                    () -> cached.supervisor().status().state() == State.STREAMING,
                    new RunHistory(
                            cached.supervisor().recent(), cached.supervisor().progress()),
                    cached.redisSettings(),
                    1_000,
                    meters)) {
                assertThat(audit).isNotNull();
                await().atMost(AuditFixture.PATIENCE)
                        .until(() -> meters.scrape().contains("freshet_invalidator_audit_violation_rate 0.5\n"));
            }
            assertThat(meters.scrape())
                    .containsPattern("freshet_invalidator_audit_checked_total [1-9]")
                    .containsPattern("freshet_invalidator_audit_violations_total [1-9]")
                    .contains("freshet_invalidator_audit_false_alarms_total 0.0")
                    .contains("freshet_invalidator_audit_undecided_total 0.0")
                    .contains("freshet_invalidator_audit_unchecked_total 0.0");
        }
    }

    /** The same cache, in which an event happens right after the sets of the tags were read. */
    private static CachedEntries afterListed(CachedEntries cache, Runnable event) {
        return (CachedEntries) Proxy.newProxyInstance(
                CachedEntries.class.getClassLoader(),
                new Class<?>[] {CachedEntries.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(cache, arguments);
                    } finally {
                        if (method.getName().equals("isListed")) {
                            event.run();
                        }
                    }
                });
    }
}
