// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "a: ü\n", "\uFEFFa: ü\n"})
    void readsTextInUtf8WithoutAMark(String text) throws IOException {
        var file = Files.writeString(folder.resolve("text"), text);
        assertThat(TextFile.read(file)).isEqualTo(text.replace("\uFEFF", ""));
        try (var lines = TextFile.open(file)) {
            assertThat(lines.lines()).hasSizeLessThan(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void saysWhatAnotherEncodingIs(String charset) throws IOException {
        var file = Files.write(folder.resolve("text"), "name: café\n".getBytes(Charset.forName(charset)));
        assertThatThrownBy(() -> TextFile.read(file))
                .isInstanceOf(NotTextException.class)
                .message()
                .isIn("is UTF-16, not UTF-8", "is binary, not text", "is not UTF-8");
    }

    @Test
    void saysWhatIsNoTextAtAll() throws IOException {
        refused(folder, "is a directory");
        refused(folder.resolve("none"), "does not exist");
        refused(Files.write(folder.resolve("zip"), new byte[] {0x1F, (byte) 0x8B, 8, 0}), "is compressed");
        refused(Files.write(folder.resolve("program"), new byte[] {0x7F, 'E', 'L', 'F', 0}), "is binary, not text");
        refused(
                Files.write(folder.resolve("marked"), "\uFEFFa".getBytes(StandardCharsets.UTF_16LE)),
                "is UTF-16, not UTF-8");
    }

    @Test
    void doesNotSayThatAFileIsMissingWhereItMayNotLook() throws IOException {
        var closed = Files.createDirectory(folder.resolve("closed"));
        var file = Files.writeString(closed.resolve("text"), "a");
        Files.setPosixFilePermissions(closed, Set.of());
        try {
            assumeFalse(Files.isReadable(file), "the user that runs this test may read everything");
            refused(file, "may not be read by this user");
            refused(closed.resolve("none"), "may not be read by this user");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
        refused(file.resolve("behind"), "does not exist");
    }

    private static void refused(Path file, String what) {
        assertThatThrownBy(() -> TextFile.read(file)).hasMessage(what);
        assertThatThrownBy(() -> TextFile.open(file)).hasMessage(what);
    }
}
