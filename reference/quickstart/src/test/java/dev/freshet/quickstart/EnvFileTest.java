// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.quickstart.demo.QuickstartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    private Path folder;

    @Test
    void isReadByAShellAsItWasMeant() throws Exception {
        var file = folder.resolve("env");
        var url = "jdbc:postgresql://127.0.0.1:5432/freshet?user=postgres&password=it's $HOME";
        EnvFile.write(file, Map.of("FRESHET_JDBC_URL", url));

        var shell =
                new ProcessBuilder("sh", "-c", ". \"$0\"; printf %s \"$FRESHET_JDBC_URL\"", file.toString()).start();
        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(new String(shell.getInputStream().readAllBytes())).isEqualTo(url);
    }

    @Test
    void quotesOnlyWhereItMust() throws Exception {
        var file = folder.resolve("env");
        EnvFile.write(file, Map.of("FRESHET_WRITER_URL", "http://127.0.0.1:8081"));
        assertThat(file).hasContent("FRESHET_WRITER_URL=http://127.0.0.1:8081\n");
    }

    @Test
    void isForItsOwnerAloneEvenWhereAFileWasBefore() throws Exception {
        var file = Files.writeString(folder.resolve("env"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        EnvFile.write(file, Map.of("A", "b"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasContent("A=b\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isRemovedUnlessItIsSomebodyElsesByThen() throws Exception {
        var file = folder.resolve("env");
        EnvFile.write(file, Map.of("A", "first"));
        EnvFile.write(file, Map.of("A", "second"));
        EnvFile.remove(file, Map.of("A", "first"));
        assertThat(file).hasContent("A=second\n");
        EnvFile.remove(file, Map.of("A", "second"));
        assertThat(file).doesNotExist();
        EnvFile.remove(file, Map.of("A", "second"));
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        var file = folder.resolve("no/such/folder/env");
        assertThatThrownBy(() -> EnvFile.write(file, Map.of()))
                .isInstanceOf(QuickstartException.class)
                .hasMessageContaining(file.toString());
    }
}
