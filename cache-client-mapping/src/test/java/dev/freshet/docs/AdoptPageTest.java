// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.views.MappedViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mappings and the reader of {@code docs/adopt.md}. Its commands are run where the invalidator is. */
class AdoptPageTest {
    private static final Path PAGE = Path.of("../docs/adopt.md");
    private static final Path SAMPLE = Path.of("src/test/java/dev/freshet/docs/MemberReader.java");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void thePageShowsTheReaderThatIsCompiledHere() throws IOException {
        String source = Files.readString(SAMPLE);
        String sample = source.substring(
                source.indexOf("    // sample\n") + "    // sample\n".length(), source.indexOf("    // end of sample"));
        assertThat(Files.readString(PAGE))
                .contains("```java\n" + sample.stripTrailing().stripIndent() + "\n```\n");
    }

    @Test
    void theReaderFindsItsViewsInBothMappingsWithTagsAndNotInTheOneWithout() throws IOException {
        List<String> mappings = YAML.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(mappings).hasSize(3);
        assertThatThrownBy(() -> reader(mappings.get(0))).hasMessageContaining("nobody evicts the tags of 'member'");
        reader(mappings.get(1));
        reader(mappings.get(2));
    }

    private void reader(String mapping) throws IOException {
        var views = MappedViews.read(Files.writeString(folder.resolve("members.yaml"), mapping));
        new MemberReader(views) {
            @Override
            Profile selectProfile(long id) {
                throw new AssertionError("nothing is loaded here");
            }

            @Override
            String selectMembers(int org) {
                throw new AssertionError("nothing is loaded here");
            }
        };
    }
}
