// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the build has put the plug-in. Debezium's connector is on the class path. */
final class Plugins {
    private Plugins() {}

    static Path folder() throws IOException {
        Path target = Path.of("../../connect-sink/target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(Files::isDirectory)
                    .filter(path -> path.getFileName().toString().endsWith("-plugin"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no plug-in in " + target + "; build it with mvn -Pkafka verify"));
        }
    }
}
