// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @Test
    void aProcessWithPipesAnswersThereAndLogsItsErrorsAlone(@TempDir Path folder) throws Exception {
        var command = List.of("/bin/sh", "-c", "echo wrong >&2; cat");
        var spec = new ChildProcess.Spec("cat", command, Map.of(), folder.resolve("log"));
        try (var child = ChildProcess.startPiped(spec)) {
            try (var requests = child.requests()) {
                requests.write("hello\n".getBytes(UTF_8));
            }
            assertEquals("hello\n", new String(child.replies().readAllBytes(), UTF_8));
            assertEquals(0, child.onExit().get(60, TimeUnit.SECONDS));
            assertEquals("wrong", child.logTail(5));
        }
    }
}
