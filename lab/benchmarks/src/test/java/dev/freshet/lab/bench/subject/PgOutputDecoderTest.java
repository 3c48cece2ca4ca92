// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PgOutputDecoderTest {
    private static final int ITEM = 16_400;
    private static final int ORDER = 16_500;

    private final List<String> told = new ArrayList<>();
    private final PgOutputDecoder decoder = new PgOutputDecoder("id", new PgOutputDecoder.Listener() {
        @Override
        public void changed(String value) {
            told.add(value);
        }

        @Override
        public void committed(long endLsn) {
            told.add("commit " + endLsn);
        }
    });

    @Test
    void transactionIsReadRowByRow() {
        decoder.read(PgOutput.begin());
        decoder.read(PgOutput.relation(ITEM, "item", "id", "version"));
        decoder.read(PgOutput.insert(ITEM, "7", "0"));
        decoder.read(PgOutput.update(ITEM, null, List.of("8", "1")));
        decoder.read(PgOutput.delete(ITEM, "9", null));
        decoder.read(PgOutput.commit(1_000, 1_048));
        assertThat(told).containsExactly("7", "8", "9", "commit 1048");
    }

    @Test
    void updateOfTheIdTellsBoth() {
        decoder.read(PgOutput.relation(ITEM, "item", "id", "version"));
        decoder.read(PgOutput.update(ITEM, List.of("7", ""), List.of("8", "1")));
        assertThat(told).containsExactly("7", "8");
    }

    @Test
    void columnIsFoundByItsNameInEachTable() {
        decoder.read(PgOutput.relation(ITEM, "item", "id", "version"));
        decoder.read(PgOutput.relation(ORDER, "order", "note", "amount", "id"));
        decoder.read(PgOutput.insert(ORDER, "höchst", null, "12"));
        decoder.read(PgOutput.insert(ITEM, "13", "0"));
        assertThat(told).containsExactly("12", "13");
    }

    @Test
    void tableThatChangedItsColumnsIsReadAnew() {
        decoder.read(PgOutput.relation(ITEM, "item", "id", "version"));
        decoder.read(PgOutput.relation(ITEM, "item", "version", "id"));
        decoder.read(PgOutput.insert(ITEM, "0", "7"));
        assertThat(told).containsExactly("7");
    }

    @Test
    void truncateSaysNothingOfRows() {
        decoder.read(PgOutput.relation(ITEM, "item", "id", "version"));
        decoder.read(PgOutput.truncate(ITEM));
        assertThat(told).isEmpty();
    }

    @Test
    void tableWithoutTheColumnIsRefusedByName() {
        assertThatThrownBy(() -> decoder.read(PgOutput.relation(ITEM, "item", "number")))
                .hasMessageContaining("public.item has no column id");
    }
}
