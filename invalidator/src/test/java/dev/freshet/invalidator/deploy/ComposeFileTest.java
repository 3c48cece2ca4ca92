// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.invalidator.deploy.ComposeFile.Service;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Compose file: fields and types are known, and what it refers to is there. CI starts it with Docker Compose itself. */
class ComposeFileTest {
    private static final String FILE = "docker-compose.yml";
    private static final String TEXT = DeployFiles.text(FILE);
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)");
    private static final Pattern SETTING = Pattern.compile("(?m)^#?([A-Z_]+)=");

    private final ComposeFile compose = ComposeFile.parse(TEXT);

    @Test
    void everyValueHasTheFormThatComposeExpects() {
        assertThat(compose.services().values()).allSatisfy(service -> {
            assertThat(service.image()).matches("[a-z-]+:(\\d+|\\$\\{FRESHET_TAG:-latest})");
            assertThat(service.restart()).isIn("no", "always", "on-failure", "unless-stopped");
            if (service.stopGracePeriod() != null) {
                assertThat(service.stopGracePeriod()).matches("\\d+s");
            }
            if (service.memLimit() != null) {
                assertThat(service.memLimit()).matches("\\$\\{\\w+:-\\d+m}");
            }
            if (service.ports() != null) {
                assertThat(service.ports()).allMatch(port -> port.matches("127\\.0\\.0\\.1:\\$\\{\\w+:-\\d+}:\\d+"));
            }
        });
    }

    @Test
    void whatAServiceWaitsForCanCome() {
        String dockerfile = DeployFiles.text("deploy/docker/Dockerfile");
        compose.services()
                .forEach((name, service) -> service.dependencies().forEach((other, dependency) -> {
                    Service found = compose.services().get(other);
                    assertThat(found).as("%s, which %s waits for", other, name).isNotNull();
                    switch (dependency.condition()) {
                        case "service_started", "service_completed_successfully" -> {}
                        case "service_healthy" ->
                            assertThat(hasHealthCheck(found, dockerfile))
                                    .as("a health check of %s", other)
                                    .isTrue();
                        default -> throw new AssertionError("no condition " + dependency.condition() + " in " + name);
                    }
                }));
    }

    @Test
    void whatIsBuiltAndMountedIsThere() {
        String dockerfile = DeployFiles.text("deploy/docker/Dockerfile");
        compose.services().values().stream()
                .map(Service::build)
                .filter(Objects::nonNull)
                .forEach(build -> {
                    assertThat(DeployFiles.file(build.context())
                                    .resolve(build.dockerfile())
                                    .normalize())
                            .isEqualTo(DeployFiles.file("deploy/docker/Dockerfile"));
                    assertThat(dockerfile).contains(" AS " + build.target() + "\n");
                });
        assertThat(compose.services().values().stream()
                        .flatMap(service -> service.mounts().stream())
                        .map(mount -> mount.substring(0, mount.indexOf(':'))))
                .hasSizeGreaterThan(5)
                .allMatch(source -> source.startsWith("./")
                        ? Files.exists(DeployFiles.file(source))
                        : compose.volumes().containsKey(source));
    }

    @Test
    void itsVariablesAreThoseOfTheExample() {
        assertThat(names(VARIABLE, TEXT)).isEqualTo(names(SETTING, DeployFiles.text(".env.example")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read_only: true           | readonly: true          | readonly
            depends_on:               | depend_on:              | depend_on
            retries: 60               | retries: many           | many
            context: .                | contxt: .               | contxt
            cap_drop: [ALL]           | cap_drop: { ALL: yes }  | cap_drop
            user: postgres            | user: 999               | user
            """)
    void aMistakeIsFound(String right, String wrong, String named) {
        assertThat(TEXT).contains(right);
        assertThatThrownBy(() -> ComposeFile.parse(TEXT.replace(right, wrong))).hasMessageContaining(named);
    }

    private static boolean hasHealthCheck(Service service, String dockerfile) {
        if (service.build() == null) {
            return service.healthcheck() != null;
        }
        String stage =
                dockerfile.substring(dockerfile.indexOf(" AS " + service.build().target() + "\n"));
        int next = stage.indexOf("\nFROM ");
        return (next < 0 ? stage : stage.substring(0, next)).contains("\nHEALTHCHECK ");
    }

    private static Set<String> names(Pattern pattern, String text) {
        return Stream.of(text)
                .flatMap(all -> pattern.matcher(all).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
