// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Repository;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java options from the environment work together with those of the launcher and of the images. */
class JavaOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "FRESHET_JAVA_OPTS, -XX:+UseParallelGC, -XX:+UseParallelGC",
        "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC, -XX:+UseParallelGC",
        "JDK_JAVA_OPTIONS,  -XX:+UseParallelGC, -XX:+UseParallelGC",
        "JAVA_TOOL_OPTIONS, -Dsome=thing,       -XX:+UseSerialGC",
        "FRESHET_JAVA_OPTS, -Xss1m,             -XX:+UseSerialGC",
    })
    void oneCollectorIsUsed(String variable, String value, String collector) {
        var environment = Map.of(variable, value + " -XX:+PrintCommandLineFlags");
        var launcher = Command.freshet("invalidator", "--version")
                .with(environment)
                .run()
                .expect(0)
                .output();
        assertThat(launcher).contains(collector).contains("-XX:MaxDirectMemorySize");
        // Instead of a main class, which only an image has.
        var image = Command.of("sh", Repository.file("deploy/docker/run.sh").toString(), "-version")
                .with(Map.of("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH")))
                .with(environment)
                .run()
                .expect(0)
                .output();
        assertThat(image)
                .contains(collector)
                .contains("-XX:MaxRAMPercentage=45")
                .contains("-XX:MaxMetaspaceSize");
    }
}
