// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The dashboard has the form of Grafana's, with the fields that ours uses; its panels lie side by side, and its variables are
 * defined. {@code PrometheusRulesTest} and {@code ExportedMetricsTest} look at its queries.
 */
class DashboardTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private static final String TEXT = DeployFiles.text("deploy/grafana/freshet.json");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
    private static final int COLUMNS = 24;

    record Dashboard(
            String title,
            String uid,
            List<String> tags,
            int schemaVersion,
            String timezone,
            String refresh,
            Range time,
            Templating templating,
            List<Panel> panels) {}

    record Range(String from, String to) {}

    record Templating(List<Variable> list) {}

    record Variable(
            String name,
            String label,
            String type,
            Source datasource,
            String query,
            boolean includeAll,
            boolean multi,
            JsonNode current) {}

    record Source(String type, String uid) {}

    record Panel(
            int id,
            String title,
            String description,
            String type,
            Source datasource,
            List<Target> targets,
            FieldConfig fieldConfig,
            JsonNode options,
            Place gridPos) {}

    record Target(Source datasource, String expr, String legendFormat, String refId) {}

    record FieldConfig(JsonNode defaults, List<JsonNode> overrides) {}

    record Place(int w, int h, int x, int y) {}

    @Test
    void everyPanelSaysWhatItShowsInWhichUnit() {
        var dashboard = parse(TEXT);
        assertThat(dashboard.panels()).extracting(Panel::id).doesNotHaveDuplicates();
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.description()).isNotBlank();
            assertThat(panel.type()).isIn("timeseries", "stat");
            assertThat(panel.fieldConfig().defaults().path("unit").asText())
                    .isIn("short", "s", "bytes", "ops", "percentunit");
            assertThat(panel.targets()).isNotEmpty().allSatisfy(target -> {
                assertThat(target.expr()).isNotBlank();
                assertThat(target.datasource()).isEqualTo(panel.datasource());
            });
            assertThat(panel.targets()).extracting(Target::refId).doesNotHaveDuplicates();
        });
    }

    @Test
    void panelsLieSideBySide() {
        var taken = new HashSet<List<Integer>>();
        for (Panel panel : parse(TEXT).panels()) {
            Place place = panel.gridPos();
            assertThat(place.x() + place.w()).as(panel.title()).isLessThanOrEqualTo(COLUMNS);
            for (int x = place.x(); x < place.x() + place.w(); x++) {
                for (int y = place.y(); y < place.y() + place.h(); y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as("%s lies on another panel", panel.title())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyVariableIsDefined() {
        Set<String> defined =
                parse(TEXT).templating().list().stream().map(Variable::name).collect(Collectors.toSet());
        assertThat(VARIABLE.matcher(TEXT).results().map(found -> found.group(1)).distinct())
                .filteredOn(name -> !name.startsWith("__"))
                .containsExactlyInAnyOrderElementsOf(defined);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "panels"            | "pannels"              | pannels
            "gridPos"           | "gridpos"              | gridpos
            "legendFormat"      | "legend"               | legend
            "schemaVersion": 39 | "schemaVersion": "39"  | schemaVersion
            """)
    void aMistakeIsFound(String right, String wrong, String named) {
        assertThat(TEXT).contains(right);
        assertThatThrownBy(() -> parse(TEXT.replace(right, wrong))).hasMessageContaining(named);
    }

    private static Dashboard parse(String json) {
        try {
            return STRICT.readValue(json, Dashboard.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
