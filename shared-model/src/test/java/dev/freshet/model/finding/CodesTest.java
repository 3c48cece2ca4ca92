// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodesTest {
    @Test
    void eachHasAnIdOfItsOwnWhoseFirstDigitIsThatOfTheLayer() {
        assertThat(Codes.all())
                .extracting(Code::id)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(Codes.all())
                .allSatisfy(code ->
                        assertThat(code.id()).matches("FR" + (code.layer().ordinal() + 1) + "[0-9]{2}"));
    }

    @Test
    void eachIsExplainedInSentences() {
        for (Code code : Codes.all()) {
            Explanation words = code.explanation();
            assertThat(List.of(words.meaning(), words.danger(), words.action()))
                    .as(code.id())
                    .allSatisfy(
                            text -> assertThat(text).matches("(?s).{10,}[.:}]").doesNotContain("\n", "  "));
            assertThat(List.of(words.title(), words.expected()))
                    .as(code.id())
                    .allSatisfy(text -> assertThat(text).matches("[^\n|]{4,90}[^.]"));
        }
    }

    @Test
    void oneIsFoundByItsIdInAnyCase() {
        assertThat(Codes.find("fr234")).contains(DatabaseCode.IDENTITY_TOO_SMALL);
        assertThat(Codes.find("FR999")).isEmpty();
    }

    @Test
    void anExplanationHasThreeParagraphs() {
        var words = Explanation.of("title", "expected", "It\nmeans.\n\nIt is\nbad.\n\nDo this.\n");
        assertThat(words).isEqualTo(new Explanation("title", "expected", "It means.", "It is bad.", "Do this."));
        assertThatThrownBy(() -> Explanation.of("title", "expected", "It means.\n\nDo this.\n"))
                .hasMessageContaining("2 paragraphs, expected 3");
    }
}
