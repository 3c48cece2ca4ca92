// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bash completes by the script. */
@Tag("memory")
class CompletionCommandTest {
    @TempDir
    Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        var out = new StringWriter();
        int code = CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .execute("completion");
        assertThat(code).isZero();
        Files.writeString(folder.resolve("freshet.sh"), out.toString());

        assertThat(completed("sta")).contains("status");
        assertThat(completed("invalidator", "ch")).contains("check");
        assertThat(completed("status", "--for")).contains("--format");
        assertThat(completed("status", "--format", "n")).contains("nagios");
        assertThat(completed("qu")).contains("quickstart");
    }

    private List<String> completed(String... words) throws Exception {
        String line = "freshet " + String.join(" ", words);
        String script = "source ./freshet.sh; COMP_WORDS=(" + line + "); COMP_CWORD=" + words.length + "; COMP_LINE='"
                + line + "'; COMP_POINT=" + line.length() + "; _complete_freshet; printf '%s\\n' \"${COMPREPLY[@]}\"";
        var process = new ProcessBuilder("/bin/bash", "--norc", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var answer = process.getInputStream()) {
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text.lines().map(String::strip).toList();
        }
    }
}
