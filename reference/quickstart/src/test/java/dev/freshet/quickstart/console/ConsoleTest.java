// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void isPlainAsciiWithoutATerminal() {
        var console = console(new Style(false, false), 80, false);
        console.check(true, "one → two");
        console.check(false, "three");
        console.live("working …");
        assertThat(text()).isEqualTo("  ok one -> two\n  FAILED three\n");
    }

    @Test
    void coloursAndOverwritesOnATerminal() {
        var console = console(new Style(true, true), 80, true);
        console.live("working");
        console.check(true, "done");
        assertThat(text()).isEqualTo("\r\033[K\033[2mworking\033[0m\r\033[K  \033[32m✓\033[0m done\n");
    }

    @Test
    void keepsWithinANarrowTerminal() {
        var console = console(new Style(false, true), 40, true);
        console.prose("a sentence that is a good deal longer than forty characters are wide");
        console.fact("stale", "tag project:3/inherited and some more words that do not fit in one line");
        console.quote("SELECT one_very_long_statement FROM a_table_with_a_long_name WHERE id = 1");
        assertThat(text().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    }

    private Console console(Style style, int width, boolean terminal) {
        return new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, width, terminal);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
