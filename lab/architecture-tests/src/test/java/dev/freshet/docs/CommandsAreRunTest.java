// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each command of a shell block is run by a test or by CI, or {@code commands.txt} says why not. A test that runs commands of
 * a page takes them from the page, so that what is shown is what was tried.
 */
class CommandsAreRunTest {
    private static final List<Page> PAGES = Page.all();
    private static final List<HowRun> HOW_RUN = HowRun.all();
    /** What CI runs, without Maven's options about its output. */
    private static final String CI =
            (Tree.text(".github/workflows/ci.yml") + Tree.text(".ci/run")).replace(" -B -ntp", "");

    @Test
    void everyCommandIsRunOrItIsSaidWhyNot() {
        var missing = new ArrayList<String>();
        var needed = new LinkedHashSet<HowRun>();
        int commands = 0;
        for (Page page : PAGES) {
            for (List<String> command : page.commands()) {
                commands++;
                HOW_RUN.stream()
                        .filter(line -> line.isAbout(page, command))
                        .findFirst()
                        .ifPresentOrElse(
                                needed::add, () -> missing.add(page + " | " + String.join(" ", command) + " |"));
            }
        }
        assertThat(commands).isGreaterThan(80);
        assertThat(missing).as("lines that commands.txt lacks").isEmpty();
        assertThat(HOW_RUN).as("lines of commands.txt that no command needs").allMatch(needed::contains);
    }

    @ParameterizedTest
    @FieldSource("HOW_RUN")
    void itIsRunThere(HowRun line) {
        if (line.byTest()) {
            assertThat(Tree.source(line.test())).as("a class %s", line.test()).isPresent();
            String source = Tree.text(Tree.source(line.test()).orElseThrow());
            assertThat(PAGES.stream().filter(line::isAbout).filter(page -> hasShell(page)))
                    .allSatisfy(page -> assertThat(source.contains(page.name())
                                    || source.contains('"' + page.name().replaceFirst("^docs/", "") + '"'))
                            .as("%s takes commands from %s", line.test(), page)
                            .isTrue());
        } else if (line.byCi()) {
            assertThat(CI).as("steps of CI").contains(line.begins());
        } else {
            assertThat(line).as("expected test NAME, ci, or not: and a reason").matches(HowRun::isExcused);
        }
    }

    private static boolean hasShell(Page page) {
        return !page.commands().isEmpty();
    }
}
