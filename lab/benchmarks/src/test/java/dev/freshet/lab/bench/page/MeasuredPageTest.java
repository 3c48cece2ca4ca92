// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredPageTest {
    private static final Path DOCS = Path.of("../../docs");

    /** If not: {@code ./freshet bench report}. */
    @Test
    void pageAndChartsAreWhatTheResultsSay() throws IOException {
        var measured = MeasuredPage.of(DOCS.resolve("measurements"), DOCS.resolve("performance.md"));
        assertThat(measured.files()).hasSizeGreaterThan(1);
        for (var file : measured.files().entrySet()) {
            assertThat(file.getKey()).hasContent(file.getValue());
        }
    }

    @Test
    void pageNeedsTheMarks(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "# Fast");
        assertThatThrownBy(() -> MeasuredPage.of(folder, page)).hasMessageContaining(MeasuredPage.BEGIN);
    }

    @Test
    void restOfThePageStays(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "# Fast\n\n%s\nwords of yesterday\n%s\nend\n".formatted(MeasuredPage.BEGIN, MeasuredPage.END));
        MeasuredPage.of(folder, page).write();
        assertThat(page)
                .content()
                .startsWith("# Fast\n")
                .endsWith("until here -->\nend\n")
                .doesNotContain("yesterday");
        String once = Files.readString(page);
        MeasuredPage.of(folder, page).write();
        assertThat(page).hasContent(once);
    }
}
