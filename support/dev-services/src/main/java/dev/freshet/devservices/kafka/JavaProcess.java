// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.kafka;

import dev.freshet.devservices.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A main class in a JVM of its own, with a file of properties as its argument. */
final class JavaProcess {
    private static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n</pattern></encoder>
              </appender>
              <logger name="dev.freshet" level="info"/>
              <root level="warn"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    private JavaProcess() {}

    static ChildProcess start(String name, Path folder, String classPath, String main, Map<String, String> properties) {
        Path file = folder.resolve(name + ".properties");
        Path arguments = folder.resolve("class-path");
        Path logging = folder.resolve("logging.xml");
        try {
            var all = new Properties();
            all.putAll(properties);
            try (var out = Files.newBufferedWriter(file)) {
                all.store(out, null);
            }
            Files.writeString(logging, LOGGING);
            // In a file: it is longer than some systems allow on a command line.
            Files.writeString(arguments, "-cp\n\"" + classPath.strip() + "\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=" + logging,
                "@" + arguments,
                main,
                file.toString()));
        return ChildProcess.start(new ChildProcess.Spec(name, command, Map.of(), folder.resolve(name + ".log")));
    }
}
