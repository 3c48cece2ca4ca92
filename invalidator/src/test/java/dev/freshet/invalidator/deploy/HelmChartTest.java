// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.freshet.docs.DocPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart, by Helm itself: it passes its checks, renders the manifests that are shipped, and refuses wrong values. */
class HelmChartTest {
    private static final Path CHART = DeployFiles.file("deploy/helm/freshet");
    private static final Path EXAMPLE = DeployFiles.file("deploy/helm/example-values.yaml");
    private static final String MANIFESTS = "deploy/kubernetes/freshet.yaml";
    private static final Pattern SET = Pattern.compile("--set (\\S+)");
    private static final String HEAD = """
            # Copyright The Freshet Authors
            # SPDX-License-Identifier: Apache-2.0
            #
            # Two invalidators, one active and one on standby. Put your addresses and your mapping in, see docs/kubernetes.md.
            # Rendered from deploy/helm: helm template freshet deploy/helm/freshet -f deploy/helm/example-values.yaml
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsHelmsLibrary() {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(machine.equals("Linux amd64"), "Helm's library is here for Linux amd64 alone, not for " + machine);
    }

    @Test
    void passesHelmsLinter() {
        var result = new Helm(withDefaults()).lint().strict().call();
        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void rendersTheManifestsThatAreShipped() throws IOException {
        String rendered = HEAD + example().call();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DeployFiles.file(MANIFESTS), rendered);
        }
        assertThat(DeployFiles.documents(DeployFiles.text(MANIFESTS))).isEqualTo(DeployFiles.documents(rendered));
    }

    @Test
    void whatIsRenderedIsWhatKubernetesKnows() {
        var more = example()
                .set("env.FRESHET_HEARTBEAT", "500ms")
                .set("tls.configMapName", "")
                .set("tls.secretName", "authority")
                .set("priorityClassName", "high")
                .set("podLabels.team", "a")
                .set("imagePullSecrets[0].name", "registry")
                .set("networkPolicy.postgres.to[0].ipBlock.cidr", "10.0.0.0/8")
                .set("networkPolicy.redisMorePorts[0]", "26379")
                .set("nodeSelector.disk", "ssd")
                .set("tolerations[0].key", "spot");
        List<JsonNode> documents = DeployFiles.documents(more.call());
        assertThat(documents).hasSize(5).allSatisfy(KubernetesSchema::check);
        assertThat(documents.toString())
                .contains("\"FRESHET_HEARTBEAT\",\"value\":\"500ms\"", "\"secretName\":\"authority\"", "26379");
    }

    /** What docs/kubernetes.md says to type. */
    @Test
    void theCommandOfThePageGivesWhatKubernetesKnows() throws IOException {
        String command = new DocPage("kubernetes.md").block("sh", 0);
        assertThat(command)
                .startsWith("helm install freshet deploy/helm/freshet ")
                .contains("--set-file mapping=mapping.yaml");
        TemplateCommand template = new Helm(CHART)
                .template()
                .withName("freshet")
                .withKubeVersion("1.31.0")
                .withValuesFile(Files.writeString(folder.resolve("values.yaml"), "mapping: \"freshet: 1\"\n"));
        for (var given : SET.matcher(command).results().toList()) {
            for (String each : given.group(1).replace("'", "").split(",")) {
                String[] setting = each.split("=", 2);
                template.set(setting[0], setting[1]);
            }
        }
        String rendered = template.call();
        assertThat(DeployFiles.documents(rendered)).hasSize(5).allSatisfy(KubernetesSchema::check);
        assertThat(rendered)
                .contains(
                        "sslmode=verify-full&sslrootcert=/etc/freshet/tls/ca.crt",
                        "REGISTRY/freshet-invalidator:VERSION");
    }

    @Test
    void aSingleReplicaHasNoBudget() {
        assertThat(example().set("replicas", 1).call()).doesNotContain("PodDisruptionBudget");
        assertThat(example().set("networkPolicy.enabled", false).call()).doesNotContain("NetworkPolicy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbcUrl                        | postgresql://host/app | jdbcUrl
            redisUrl                       | host:6379             | redisUrl
            redisURL                       | redis://host:6379     | redisURL
            mapping                        | ''                    | mapping
            slot                           | Of-Mine               | slot
            replicas                       | 0                     | replicas
            env.FRESHET_JDBC_PASSWORD      | letmein               | FRESHET_JDBC_PASSWORD
            env.HEARTBEAT                  | 1s                    | HEARTBEAT
            """)
    void wrongValuesAreRefusedByName(String name, String value, String named) {
        Object typed = value.matches("\\d+") ? Integer.valueOf(value) : value;
        assertThatThrownBy(() -> example().set(name, typed).call())
                .hasMessageContaining(named)
                .hasMessageNotContaining("letmein");
    }

    private static TemplateCommand example() {
        return new Helm(CHART)
                .template()
                .withName("freshet")
                .withKubeVersion("1.31.0")
                .withValuesFile(EXAMPLE);
    }

    /** A copy of the chart whose defaults are complete, as the linter takes no values. */
    private Path withDefaults() {
        try {
            Path copy = folder.resolve("freshet");
            try (var files = Files.walk(CHART)) {
                for (Path each : files.toList()) {
                    Files.copy(each, copy.resolve(CHART.relativize(each).toString()));
                }
            }
            String given = DeployFiles.text(EXAMPLE);
            String defaults = DeployFiles.text(CHART.resolve("values.yaml"))
                    .replaceAll("(?m)^(jdbcUrl|redisUrl|mapping): \"\"\n", "")
                    .replaceAll("(?m)^tls:\n( .*\n)+", "");
            Files.writeString(copy.resolve("values.yaml"), defaults + given);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
