// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "t | public | t",
                "s.t | s | t",
                "Order Details | public | Order Details",
                "\"Order Details\" | public | Order Details",
                "public.\"a.b\" | public | a.b",
                "\"x.y\".\"a.b\" | x.y | a.b",
                "\"say \"\"hi\"\"\" | public | say \"hi\"",
                "\" t\" | public | ` t`",
            })
    void isReadAsInSql(String text, String schema, String table) {
        var name = new TableName(schema, table);
        assertThat(TableName.read(text)).contains(name);
        assertThat(TableName.of(name.toString())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a.b.c",
                ".t",
                "s.",
                " t",
                "t ",
                "\"t",
                "t\"",
                "\"\"",
                "a\"b",
                "\"a\"b",
                "\"a\".",
                "s.\"a\"\""
            })
    void otherTextNamesNoTable(String text) {
        assertThat(TableName.read(text)).isEmpty();
        assertThatThrownBy(() -> TableName.of(text)).hasMessageContaining("'" + text + "' names no table");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "public | t | public.t",
                "S | Order Details | S.Order Details",
                "a.b | t | \"a.b\".t",
                "s | x\"y | s.\"x\"\"y\"",
            })
    void printsQuotesWhereTheyAreNeeded(String schema, String table, String expected) {
        assertThat(new TableName(schema, table)).hasToString(expected);
    }
}
