// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.invalidator.deploy.DeployFiles.Pod;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the manifests say of the invalidator is true of it: settings, ports, probes; and they give it no rights. */
class ManifestPromisesTest {
    private static final String SECRETS = "/etc/freshet/secrets/";

    static Stream<Pod> pods() {
        return DeployFiles.manifests()
                .flatMap(each -> DeployFiles.pods(DeployFiles.documents(DeployFiles.text(each))).stream());
    }

    @Test
    void eachChoiceHasAnInvalidator() {
        assertThat(pods()).hasSize(2);
    }

    /** An option that had another name would be refused, or warned of. */
    @ParameterizedTest
    @MethodSource("pods")
    void everyVariableIsASettingOfTheCommandThatItRuns(Pod pod) {
        var given = new HashMap<>(variables(pod.container()));
        CommandLine command = CommandRunner.commandLine(new InvalidatorMain(), new Environment(given));
        var arguments = words(pod.container().path("args"));
        assertThat(arguments).containsExactly("run");
        command.parseArgs(arguments.toArray(String[]::new));
        var options = command.getSubcommands().get("run").getCommandSpec().options();
        for (String name : given.keySet()) {
            boolean isOption = options.stream()
                    .anyMatch(option -> name.equals("FRESHET_"
                            + option.longestName().substring(2).toUpperCase().replace('-', '_')));
            boolean isSecret = List.of("FRESHET_JDBC_PASSWORD_FILE", "FRESHET_REDIS_PASSWORD_FILE")
                    .contains(name);
            assertThat(isOption || isSecret).as(name).isTrue();
        }
        var told = new StringWriter();
        assertThat(CommandRunner.commandLine(new InvalidatorMain(), new Environment(given))
                        .setErr(new PrintWriter(told, true))
                        .execute("run", "--help"))
                .as(told.toString())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void secretsComeFromMountedFilesAlone(Pod pod) {
        Map<String, String> given = variables(pod.container());
        assertThat(given).doesNotContainKeys("FRESHET_JDBC_PASSWORD", "FRESHET_REDIS_PASSWORD");
        assertThat(given.get("FRESHET_JDBC_PASSWORD_FILE")).startsWith(SECRETS);
        assertThat(given.get("FRESHET_REDIS_PASSWORD_FILE")).startsWith(SECRETS);
        assertThat(given.get("FRESHET_JDBC_URL")).doesNotContain("password");
        JsonNode mount = named(pod.container().path("volumeMounts"), "secrets");
        assertThat(mount.path("mountPath").asText() + "/").isEqualTo(SECRETS);
        JsonNode secret = named(pod.pod().path("volumes"), "secrets").path("secret");
        assertThat(secret.path("defaultMode").asInt() & 0007)
                .as("others may do")
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void theProbesAskThePortThatItListensOn(Pod pod) {
        String port = variables(pod.container()).get("FRESHET_ADMIN_PORT");
        JsonNode admin = named(pod.container().path("ports"), "admin");
        assertThat(admin.path("containerPort").asText()).isEqualTo(port);
        assertThat(port).isEqualTo(option("--admin-port").defaultValue());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode asked = pod.container().path(probe).path("httpGet");
            if (!asked.isMissingNode()) {
                assertThat(asked.path("port").asText()).isEqualTo("admin");
                assertThat(asked.path("path").asText()).isIn("/livez", "/readyz?standby");
            }
        }
        assertThat(pod.container().at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
    }

    /** As the level "restricted" of the Pod Security Standards asks for, and more. */
    @ParameterizedTest
    @MethodSource("pods")
    void itMayDoNothing(Pod pod) {
        JsonNode ofPod = pod.pod().path("securityContext");
        assertThat(ofPod.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(ofPod.path("runAsUser").asInt()).isGreaterThanOrEqualTo(10_000);
        assertThat(ofPod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode own = pod.container().path("securityContext");
        assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(words(own.at("/capabilities/drop"))).containsExactly("ALL");
        assertThat(own.at("/capabilities/add").isMissingNode()).isTrue();
        assertThat(own.has("privileged")).isFalse();
        assertThat(pod.pod().path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(pod.pod().path("enableServiceLinks").asBoolean(true)).isFalse();
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertThat(pod.pod().has(shared)).as(shared).isFalse();
        }
        for (JsonNode volume : pod.pod().path("volumes")) {
            assertThat(volume.has("hostPath")).as(volume.toString()).isFalse();
        }
        for (JsonNode mount : pod.container().path("volumeMounts")) {
            assertThat(mount.path("readOnly").asBoolean()
                            || mount.path("mountPath").asText().equals("/tmp"))
                    .as(mount.toString())
                    .isTrue();
        }
        assertThat(pod.container().at("/resources/limits/memory").asText()).isNotEmpty();
        assertThat(pod.pod().path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void theTwoReplicasAreDisruptedOneByOneAndReplacedTogether() {
        var documents = DeployFiles.documents(DeployFiles.text("deploy/kubernetes/freshet.yaml"));
        JsonNode deployment = kind(documents, "Deployment");
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        JsonNode budget = kind(documents, "PodDisruptionBudget");
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        JsonNode policy = kind(documents, "NetworkPolicy");
        assertThat(words(policy.at("/spec/policyTypes"))).containsExactly("Ingress", "Egress");
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        for (JsonNode selector : List.of(
                deployment.at("/spec/selector/matchLabels"),
                budget.at("/spec/selector/matchLabels"),
                policy.at("/spec/podSelector/matchLabels"))) {
            assertThat(selector).isNotEmpty();
            selector.properties()
                    .forEach(each -> assertThat(labels.path(each.getKey()))
                            .as(each.getKey())
                            .isEqualTo(each.getValue()));
        }
    }

    @Test
    void theMountedMappingIsOne() {
        var documents = DeployFiles.documents(DeployFiles.text("deploy/kubernetes/freshet.yaml"));
        String mapping = kind(documents, "ConfigMap").at("/data/mapping.yaml").asText();
        assertThat(MappingParser.parse("mapping.yaml", new StringReader(mapping))
                        .namespace())
                .isEqualTo("members");
        for (Pod pod : pods().toList()) {
            assertThat(variables(pod.container()).get("FRESHET_MAPPING"))
                    .isEqualTo(named(pod.container().path("volumeMounts"), "mapping")
                                    .path("mountPath")
                                    .asText() + "/mapping.yaml");
        }
    }

    private static CommandLine.Model.OptionSpec option(String name) {
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .getSubcommands()
                .get("run")
                .getCommandSpec()
                .findOption(name);
    }

    private static Map<String, String> variables(JsonNode container) {
        Map<String, String> given = new HashMap<>();
        container
                .path("env")
                .forEach(each ->
                        given.put(each.path("name").asText(), each.path("value").asText()));
        return given;
    }

    private static JsonNode kind(List<JsonNode> documents, String kind) {
        return documents.stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind));
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode each : list) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no " + name + " in " + list);
    }

    private static List<String> words(JsonNode list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(i -> list.get(i).asText())
                .toList();
    }
}
