// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.core.pipeline.Gap;
import dev.freshet.invalidator.run.status.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} names what the product names. */
class TroubleshootingPageTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void eachReasonForAPurgeIsThere() throws IOException {
        assertThat(firstColumn("## A purge"))
                .isEqualTo(
                        Arrays.stream(Gap.Kind.values()).map(Gap.Kind::toString).collect(Collectors.toSet()));
    }

    @Test
    void theStatesAreThoseOfAProcess() throws IOException {
        var states = Arrays.stream(State.values()).map(Object::toString).collect(Collectors.toSet());
        assertThat(states).containsAll(firstColumn("## It is not ready"));
    }

    /** What stands in code quotes in the first column of the section's table. */
    private static Set<String> firstColumn(String heading) throws IOException {
        String page = Files.readString(DocPage.FOLDER.resolve("troubleshooting.md"));
        String section = page.substring(page.indexOf(heading + "\n") + heading.length());
        int next = section.indexOf("\n## ");
        return (next < 0 ? section : section.substring(0, next))
                .lines()
                .dropWhile(line -> !line.startsWith("|---"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> CODE.matcher(cell).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
