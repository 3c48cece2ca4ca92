// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.junit.CommandOutput;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person's mistake with the quickstart is told before anything is started. Never a stack trace. */
class MistakesTest {
    private final CommandOutput told = new CommandOutput();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --onec                           | Possible solutions: --once
            --once --no-tour                 | give one of them
            --once --once                    | should be specified only once
            extra                            | Unmatched argument: 'extra'
            --ports 1,2                      | --ports: 2 ports given, expected five
            --ports 70000,0,0,0,0            | --ports: '70000' is not a port, expected 0 to 65535
            --ports a,0,0,0,0                | --ports: 'a' is not a port, expected 0 to 65535
            --ports 8081,8081,0,0,0          | 8081 is given twice, expected five different ports
            --env-file                       | Missing required parameter for option '--env-file'
            --once --env-file FOLDER         | --env-file is 'FOLDER', which is a directory; expected a file to write to
            --once --env-file FOLDER/none/x  | which is in a folder that does not exist
            """)
    void wrongUseEndsWithTwo(String line, String expected) {
        int code = QuickstartMain.commandLine()
                .setOut(told.writer())
                .setErr(told.writer())
                .execute(filled(line).split(" "));
        assertThat(told.ended(code)).as(told::text).isEqualTo(2);
        assertThat(told.text()).contains(filled(expected));
    }

    private String filled(String text) {
        return text.replace("FOLDER", folder.toString());
    }
}
