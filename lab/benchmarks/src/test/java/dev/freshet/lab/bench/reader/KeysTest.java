// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.contexts.ContextRows;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void hitsReadTheSameKeysInEachTurn() {
        var keys = new Keys(21, 10, false);
        assertThat(keys.task(0)).isEqualTo(keys.task(10)).isEqualTo(21);
        assertThat(keys.turn(0)).isEqualTo(keys.turn(10)).isZero();
    }

    @Test
    void missesReadOtherKeysInEachTurn() {
        var keys = new Keys(21, 10, true);
        assertThat(keys.task(19)).isEqualTo(30);
        assertThat(keys.turn(9)).isZero();
        assertThat(keys.turn(19)).isEqualTo(1);
    }

    @Test
    void viewHasAsManyFurtherTagsAsItSays() {
        var rows = new ContextRows(20);
        assertThat(View.own(0).furtherTags(rows, 21)).isEmpty();
        assertThat(View.resolved().furtherTags(rows, 21))
                .extracting(Object::toString)
                .containsExactly("branch:2/inherited", "project:2/inherited", "global:user2/inherited");
        assertThat(View.own(4).furtherTags(rows, 21)).hasSize(4).doesNotHaveDuplicates();
    }
}
