// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts, by Prometheus' own tool where it is installed: their expressions, and when they fire. */
class PrometheusRulesTest {
    private static final String ALERTS = "deploy/prometheus/alerts.yaml";

    @TempDir
    Path folder;

    @Test
    void prometheusUnderstandsEveryAlert() throws Exception {
        promtool("check", "rules", DeployFiles.file(ALERTS).toString());
    }

    @Test
    void alertsFireWhenTheyShouldAndNotElse() throws Exception {
        promtool(
                "test",
                "rules",
                DeployFiles.file("deploy/prometheus/alerts-test.yaml").toString());
    }

    /** The dashboard's queries, as rules, with its variables put in. */
    @Test
    void prometheusUnderstandsEveryQueryOfTheDashboardAndOfTheDocs() throws Exception {
        var queries = new ArrayList<String>();
        DeployFiles.documents(DeployFiles.text("deploy/grafana/freshet.json"))
                .get(0)
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.add(target.path("expr").asText())));
        DeployFiles.text("docs/metrics.md")
                .replaceAll("\n      ", " ")
                .lines()
                .filter(line -> line.startsWith("    "))
                .forEach(line -> queries.add(line.strip()));
        assertThat(queries).hasSizeGreaterThan(20);
        var rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            String query = queries.get(i).replace("$__rate_interval", "5m").replace("$job", "freshet");
            rules.append("      - { record: 'query" + i + "', expr: '" + query.replace("'", "''") + "' }\n");
        }
        promtool(
                "check",
                "rules",
                Files.writeString(folder.resolve("queries.yaml"), rules).toString());
    }

    /** Without the tool: each alert says what it means and how urgent it is. */
    @Test
    void everyAlertSaysWhatItMeans() {
        JsonNode rules = DeployFiles.documents(DeployFiles.text(ALERTS)).get(0).at("/groups/0/rules");
        var names = new HashSet<String>();
        assertThat(rules).isNotEmpty();
        for (JsonNode rule : rules) {
            assertThat(names.add(rule.path("alert").asText())).isTrue();
            assertThat(rule.path("expr").asText()).isNotEmpty();
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
        }
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        boolean isInstalled = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "promtool")));
        assumeTrue(
                isInstalled, "promtool is not installed (Debian has it in the package prometheus): not checked by it");
        var words = new ArrayList<>(List.of("promtool"));
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(told).isZero();
    }
}
