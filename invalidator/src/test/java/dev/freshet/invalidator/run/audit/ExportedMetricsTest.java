// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.audit.AuditCounts;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.plan.Reason;
import dev.freshet.http.purge.HttpPurgeCache;
import dev.freshet.http.purge.HttpPurgeSettings;
import dev.freshet.http.purge.provider.Endpoint;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.invalidator.admin.RunGauges;
import dev.freshet.invalidator.reload.DatabaseNeeds;
import dev.freshet.invalidator.reload.Reload;
import dev.freshet.invalidator.run.Invalidator;
import dev.freshet.invalidator.run.settings.RunSettings;
import dev.freshet.invalidator.run.settings.RunTimings;
import dev.freshet.invalidator.run.status.State;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.postgres.tables.MappedDatabase;
import dev.freshet.protocol.CacheKeys;
import dev.freshet.redis.cache.Evictor;
import dev.freshet.redis.cache.EvictorSettings;
import dev.freshet.support.config.postgres.JdbcSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs, alerts and dashboard call a metric is one that the process exports, and each that it exports is in the docs. */
class ExportedMetricsTest {
    private static final String DOCS = "docs/metrics.md";
    private static final String ALERTS = "deploy/prometheus/alerts.yaml";
    private static final String DASHBOARD = "deploy/grafana/freshet.json";
    private static final Pattern NAME = Pattern.compile("\\bfreshet_[a-z_]+[a-z]");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (freshet_\\w+) (\\w+)$");
    private static final Pattern LABEL = Pattern.compile("\\b(le|state|reason)=\\\\?\"([^\"\\\\]+)\\\\?\"");
    /** Made when the first key is evicted; AdminPagesTest sees it. */
    private static final String LATER = "freshet_invalidator_evictions_total";

    private static String scraped;
    private static final Set<String> EXPORTED = new TreeSet<>();
    private static final Set<String> PARTS = new HashSet<>();

    /** Nothing is connected: meters are there from the start. */
    @BeforeAll
    static void scrape() {
        Mapping mapping = MappingParser.parse("test.yaml", new StringReader("""
                freshet: 1
                entities:
                  item: { table: item, id: id, keys: [ "item:{id}" ] }
                """));
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var settings = new RunSettings(
                new JdbcSettings("jdbc:postgresql://127.0.0.1:1/none", new Properties()),
                mapping,
                "metrics",
                "metrics",
                new RunTimings(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(10)));
        try (var evictor = new Evictor(new EvictorSettings("redis://127.0.0.1:1", new CacheKeys("freshet")), registry);
                var target = new HttpPurgeCache(
                        evictor,
                        new HttpPurgeSettings(Endpoint.of(PurgeKind.VARNISH, "http://127.0.0.1:1", null), 0),
                        registry);
                var invalidator = Invalidator.onPostgres(settings, MappedDatabase::new, target, registry)) {
            evictor.showStatistics(Duration.ofMinutes(10), registry);
            RunGauges.register(invalidator, registry, Clock.systemUTC());
            var audit = new AuditMetrics(new AuditCounts(), registry);
            var reload = new Reload(
                    () -> mapping,
                    new DatabaseNeeds(invalidator::settings),
                    next -> Optional.empty(),
                    invalidator,
                    registry);
            scraped = registry.scrape();
            assertThat(audit).isNotNull();
            assertThat(reload).isNotNull();
        }
        EXPORTED.add(LATER);
        var types = TYPE.matcher(scraped);
        while (types.find()) {
            String name = types.group(1);
            if (types.group(2).equals("histogram") || types.group(2).equals("summary")) {
                PARTS.addAll(Set.of(name + "_bucket", name + "_count", name + "_sum", name + "_max"));
            }
            EXPORTED.add(name);
        }
        // The greatest value of a histogram is a metric of its own there.
        EXPORTED.removeIf(PARTS::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCS, ALERTS, DASHBOARD})
    void everyMetricThatIsNamedIsExported(String file) throws IOException {
        var named = names(file);
        assertThat(named).hasSizeGreaterThan(5);
        named.removeAll(EXPORTED);
        named.removeAll(PARTS);
        // Half a name, as in freshet_invalidator_audit_*.
        assertThat(named).isEmpty();
    }

    @Test
    void everyMetricThatIsExportedIsInTheDocs() throws IOException {
        var missing = new TreeSet<>(EXPORTED);
        Set<String> named = names(DOCS);
        missing.removeIf(
                name -> named.contains(name) || named.contains(name + "_bucket") || named.contains(name + "_count"));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyReasonIsInTheDocs() throws IOException {
        assertThat(text(DOCS))
                .contains(Arrays.stream(Reason.values())
                        .map(each -> "`" + each + "`")
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {DOCS, ALERTS, DASHBOARD})
    void everyLabelHasAValueThatItCanHave(String file) throws IOException {
        var states = Arrays.stream(State.values()).map(State::toString).collect(Collectors.toSet());
        var reasons = Arrays.stream(Gap.Kind.values()).map(Gap.Kind::toString).collect(Collectors.toSet());
        var labels = LABEL.matcher(text(file));
        while (labels.find()) {
            String value = labels.group(2);
            switch (labels.group(1)) {
                case "le" ->
                    assertThat(scraped)
                            .contains("freshet_invalidator_commit_to_evicted_seconds_bucket{le=\"" + value + "\"}");
                case "state" -> assertThat(states).contains(value);
                default -> assertThat(reasons).contains(value);
            }
        }
    }

    @Test
    void theShareWithinAHundredMillisecondsOneTwoAndSixtySecondsIsKnown() {
        for (String bound : new String[] {"0.1", "1.0", "2.0", "60.0"}) {
            assertThat(scraped)
                    .contains("freshet_invalidator_commit_to_evicted_seconds_bucket{le=\"" + bound + "\"} 0");
        }
    }

    @Test
    void aStandbyDoesNotKnowTheBudgetOfWal() {
        assertThat(scraped)
                .contains("freshet_invalidator_wal_safe_bytes NaN", "freshet_invalidator_wal_full_seconds NaN");
    }

    @Test
    void noPanelOfTheDashboardLiesOnAnother() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(text(DASHBOARD));
        var cells = new HashSet<String>();
        var ids = new HashSet<Integer>();
        assertThat(dashboard.path("panels")).isNotEmpty();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("description").asText()).isNotEmpty();
            assertThat(panel.path("targets")).isNotEmpty();
            JsonNode at = panel.path("gridPos");
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    String cell =
                            (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
                    assertThat(cells.add(cell)).as(panel.path("title").asText()).isTrue();
                }
            }
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
        }
    }

    /** Each alert is explained where the question is. */
    @Test
    void everyAlertIsInTheDocs() throws IOException {
        var alerts = Pattern.compile("- alert: (\\w+)").matcher(text(ALERTS));
        int count = 0;
        while (alerts.find()) {
            assertThat(text(DOCS)).contains("`" + alerts.group(1) + "`");
            count++;
        }
        assertThat(count).isGreaterThan(5);
    }

    private static Set<String> names(String file) throws IOException {
        return NAME.matcher(text(file))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..").resolve(file));
    }
}
