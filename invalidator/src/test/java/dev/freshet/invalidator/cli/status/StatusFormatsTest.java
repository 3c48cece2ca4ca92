// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.invalidator.cli.status.Report.Server;
import dev.freshet.invalidator.cli.status.Report.Unanswered;
import dev.freshet.invalidator.cli.status.Thresholds.Limits;
import dev.freshet.postgres.slot.Retention;
import dev.freshet.postgres.slot.SlotReport;
import dev.freshet.postgres.slot.SlotReport.Instance;
import dev.freshet.protocol.Lsn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a report, by thresholds and in each format; without servers. */
@Tag("memory")
class StatusFormatsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(30), Duration.ofMinutes(5), 1_000_000L, 2_000_000L, 50, 80);
    private static final Instance ACTIVE = new Instance(11, "freshet control 0123 shop", "10.0.0.3", NOW);

    private Instance active = ACTIVE;
    private String state = "streaming";
    private String reason;
    private String httpPurgeStalled;
    private long behindSeconds = 1;
    private long lagBytes = 1000;
    private Retention retention = new Retention(10, OptionalLong.of(100), OptionalLong.of(90), 0);
    private Rates rates = Rates.NONE;
    private List<Unanswered> unanswered = List.of();
    private boolean slotExists = true;

    private Report report() {
        var running = new Running(
                "1",
                state,
                NOW,
                reason,
                "shop",
                "freshet",
                new Lsn(16),
                NOW.minusSeconds(behindSeconds),
                lagBytes,
                0,
                null,
                httpPurgeStalled,
                new Meters(Map.of(), 0));
        var slot = new SlotInfo(
                "freshet",
                "pgoutput",
                "shop",
                1,
                "reserved",
                null,
                new Lsn(16),
                lagBytes,
                OptionalLong.empty(),
                new Lsn(16),
                false,
                false);
        return new Report(
                "freshet",
                Optional.of(running),
                true,
                slotExists ? Optional.of(new SlotReport(NOW, slot, retention, active, List.of())) : Optional.empty(),
                Optional.empty(),
                rates,
                unanswered,
                NOW);
    }

    private List<Finding> findings() {
        return Judge.findings(report(), LIMITS);
    }

    private Level level() {
        return Judge.worst(findings());
    }

    @Test
    void allIsWell() {
        assertThat(findings()).isEmpty();
        assertThat(StatusLines.nagios(report(), findings(), LIMITS))
                .startsWith("FRESHET OK - streaming, lag 1.0 s, 1.0 kB not acknowledged | lag=1.000s;30;300;0"
                        + " lag_bytes=1000B;1000000;2000000;0 wal_kept=10B;;;0 wal_used=10.0%;50;80;0");
    }

    @ParameterizedTest
    @CsvSource({
        "streaming, OK",
        "standby, OK",
        "catching-up, WARNING",
        "starting, WARNING",
        "paused, WARNING",
        "waiting-for-redis, CRITICAL",
        "failed, CRITICAL",
        "blocked, CRITICAL",
        "something-new, CRITICAL"
    })
    void aStateCountsAsItIs(String given, Level expected) {
        state = given;
        assertThat(level()).isEqualTo(expected);
    }

    @Test
    void anHttpCacheThatTakesNoPurgesIsCritical() {
        httpPurgeStalled = "fastly at https://api.fastly.com: HTTP 401; expected a token that may purge";
        assertThat(level()).isEqualTo(Level.CRITICAL);
        assertThat(text())
                .contains("the HTTP cache does not accept purges, so nothing is acknowledged: fastly at"
                        + " https://api.fastly.com: HTTP 401");
    }

    @ParameterizedTest
    @CsvSource({"30, 0, OK", "31, 0, WARNING", "301, 0, CRITICAL", "1, 1000001, WARNING", "1, 2000001, CRITICAL"})
    void lagIsJudgedInTimeAndBytes(long seconds, long bytes, Level expected) {
        behindSeconds = seconds;
        lagBytes = bytes;
        assertThat(level()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"50, 50, OK", "51, 49, WARNING", "81, 19, CRITICAL", "100, 0, CRITICAL"})
    void theBudgetOfTheSlotIsJudged(long kept, long left, Level expected) {
        retention = new Retention(kept, OptionalLong.of(100), OptionalLong.of(left), 0);
        assertThat(level()).isEqualTo(expected);
    }

    @Test
    void withoutALimitNothingIsFull() {
        retention = new Retention(1L << 40, OptionalLong.empty(), OptionalLong.empty(), 0);
        assertThat(level()).isEqualTo(Level.OK);
        assertThat(text()).contains("PostgreSQL keeps 1.1 TB for the slot; max_slot_wal_keep_size is -1");
    }

    @Test
    void theTimeUntilTheBudgetIsUsedUpIsEstimated() {
        retention = new Retention(90, OptionalLong.of(36_090), OptionalLong.of(36_000), 0);
        rates = new Rates(1, 2, 3, 4, 3);
        assertThat(text())
                .contains("full in about 3 h 20 min if nothing is acknowledged")
                .contains("changes 1.0/s, transactions 2.0/s, evictions 3.0/s, keys removed 4.0/s, WAL 3 B/s");
    }

    @Test
    void noInvalidatorOrNoSlotIsCritical() {
        active = null;
        assertThat(findings().toString()).contains("critical: no invalidator works on slot freshet");
        slotExists = false;
        assertThat(findings().toString()).contains("critical: there is no replication slot freshet");
    }

    @Test
    void whoDoesNotAnswerIsNamedAndTheWorstComesFirst() {
        unanswered = List.of(new Unanswered(Server.DATABASE, "refused"));
        assertThat(level()).isEqualTo(Level.UNKNOWN);
        assertThat(StatusLines.nagios(report(), findings(), LIMITS))
                .startsWith("FRESHET UNKNOWN - the database did not answer: refused");
        unanswered = List.of(new Unanswered(Server.DATABASE, "refused"), new Unanswered(Server.INVALIDATOR, "gone"));
        state = "starting";
        assertThat(findings()).extracting(Finding::level).containsExactly(Level.CRITICAL, Level.WARNING, Level.UNKNOWN);
    }

    @Test
    void aReasonStaysInItsLine() {
        state = "blocked";
        reason = "missing:\n  GRANT SELECT | x;";
        assertThat(StatusLines.nagios(report(), findings(), LIMITS))
                .startsWith("FRESHET CRITICAL - the invalidator is blocked: missing:; GRANT SELECT / x; | lag=");
        assertThat(StatusLines.nagios(report(), findings(), LIMITS).lines()).hasSize(1);
    }

    @Test
    void gaugesHaveATypeEach() {
        rates = new Rates(1, 1, 1, 1, 9);
        assertThat(StatusLines.prometheus(report(), findings()))
                .contains(
                        "freshet_status_level 0",
                        "freshet_status_answered{server=\"invalidator\"} 1",
                        "freshet_status_answered{server=\"postgresql\"} 1",
                        "freshet_status_state{state=\"streaming\"} 1",
                        "freshet_status_lag_seconds 1",
                        "freshet_status_lag_bytes 1000",
                        "# TYPE freshet_status_wal_left_bytes gauge",
                        "freshet_status_wal_left_bytes 90",
                        "freshet_status_wal_full_in_seconds 10")
                .noneMatch(line -> line.contains("server=\"redis\""));
    }

    @Test
    void jsonLeavesOutWhatIsNotKnown() throws Exception {
        var json = new ObjectMapper().readTree(StatusJson.of(report(), findings()));
        assertThat(json.path("level").asText()).isEqualTo("ok");
        assertThat(json.path("lagSeconds").asDouble()).isEqualTo(1);
        assertThat(json.path("wal").path("usedPercent").asDouble()).isEqualTo(10);
        assertThat(json.path("active").asText()).contains("process 11 of PostgreSQL", "10.0.0.3");
        assertThat(json.has("redis")).isFalse();
        assertThat(json.path("perSecond")).isEmpty();
    }

    @Test
    void metersAreSummedOverTheirLabels() {
        var meters = Meters.read("""
                # TYPE freshet_invalidator_changes_total counter
                freshet_invalidator_changes_total{operation="create"} 2.0
                freshet_invalidator_changes_total{operation="delete"} 1.0
                freshet_invalidator_restarts_total 4.0
                freshet_odd{le="+Inf"} NaN
                """, 0);
        assertThat(meters.count("invalidator_changes")).isEqualTo(3);
        assertThat(meters.count("invalidator_restarts")).isEqualTo(4);
        assertThat(meters.count("nothing")).isZero();
    }

    private String text() {
        var told = new StringWriter();
        var out = new PrintWriter(told, true);
        new StatusText(out).print(report(), findings());
        return told.toString();
    }
}
