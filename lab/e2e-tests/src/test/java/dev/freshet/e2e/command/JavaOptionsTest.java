// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Repository;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
        var environment = new HashMap<>(Map.of(variable, value + " -XX:+PrintCommandLineFlags"));
        // Java tells its version, and starts no program.
        environment.merge("FRESHET_JAVA_OPTS", "-version", (options, version) -> options + " " + version);
        var launcher =
                Command.freshet("invalidator").with(environment).run().expect(0).output();
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

    @Test
    void theImageReadsVariablesAsUtf8WhateverTheLocale() {
        var settings = Command.of("sh", Repository.file("deploy/docker/run.sh").toString(), "-version")
                .with(Map.of(
                        "PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"),
                        "LC_ALL", "POSIX",
                        "FRESHET_JAVA_OPTS", "-XshowSettings:properties"))
                .run()
                .expect(0)
                .errors();
        assertThat(settings).contains("sun.jnu.encoding = UTF-8");
    }
}
