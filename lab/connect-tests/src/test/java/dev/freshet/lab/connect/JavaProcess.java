// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.connect;

import dev.freshet.devservices.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Starts a main class of this test's class path in a JVM of its own. */
final class JavaProcess {
    private JavaProcess() {}

    static ChildProcess start(String name, Path folder, String main, Map<String, String> properties) {
        Path file = folder.resolve(name + ".properties");
        Path classPath = folder.resolve("class-path");
        try {
            var all = new Properties();
            all.putAll(properties);
            try (var out = Files.newBufferedWriter(file)) {
                all.store(out, null);
            }
            Files.writeString(classPath, "-cp\n\"" + classPath() + "\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "@" + classPath,
                main,
                file.toString()));
        return ChildProcess.start(new ChildProcess.Spec(name, command, Map.of(), folder.resolve(name + ".log")));
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
