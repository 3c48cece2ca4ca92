// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("memory")
class SafeFileTest {
    @TempDir
    Path folder;

    @AfterEach
    void nothingElseIsLeft() throws IOException {
        try (var left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString())).allMatch(name -> name.startsWith("m"));
        }
    }

    private static Optional<String> known(String text) {
        return Optional.of(text);
    }

    @Test
    void writesANewFile() throws IOException {
        SafeFile.write(folder.resolve("m"), "text", Optional.empty());
        assertThat(folder.resolve("m")).hasContent("text");
    }

    @Test
    void replacesWhatTheCallerKnowsAndKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(folder.resolve("m"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        SafeFile.write(file, "new", known("old"));
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void overwritesNothingThatAppearedMeanwhile() throws IOException {
        Path file = Files.writeString(folder.resolve("m"), "theirs");
        assertThatThrownBy(() -> SafeFile.write(file, "new", Optional.empty()))
                .isInstanceOf(SafeFile.ChangedException.class);
        assertThat(file).hasContent("theirs");
    }

    @Test
    void overwritesNothingThatWasChangedMeanwhile() throws IOException {
        Path file = Files.writeString(folder.resolve("m"), "theirs");
        assertThatThrownBy(() -> SafeFile.write(file, "new", known("old")))
                .isInstanceOf(SafeFile.ChangedException.class);
        assertThat(file).hasContent("theirs");
    }

    @Test
    void linkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("m"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("mlink"), file);
        SafeFile.write(link, "new", known("old"));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }
}
