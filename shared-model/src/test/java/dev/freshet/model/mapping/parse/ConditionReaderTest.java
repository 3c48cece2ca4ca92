// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.model.mapping.condition.ColumnValues;
import dev.freshet.model.mapping.condition.Condition;
import dev.freshet.model.mapping.condition.Outcome;
import dev.freshet.model.mapping.parse.ConditionTokens.ConditionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionReaderTest {
    private static final List<String> VALUES = java.util.Arrays.asList(null, "x", "1");

    private static Condition read(String text) {
        try {
            return ConditionReader.read(text);
        } catch (ConditionException e) {
            throw new AssertionError(text, e);
        }
    }

    /** A row without the columns that it does not know. */
    private record Values(Map<String, String> values) implements ColumnValues {
        @Override
        public boolean knows(String column) {
            return values.containsKey(column);
        }

        @Override
        public String get(String column) {
            return values.get(column);
        }
    }

    /** The results of SQL: t, f, or n for null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = 'x' | t",
                "a = 'X' | f",
                "'x' = a | t",
                "a <> 'x' | f",
                "a != 'y' | t",
                "n = 'x' | n",
                "n <> 'x' | n",
                "not n = 'x' | n",
                "n is null | t",
                "n IS NOT NULL | f",
                "a is null | f",
                "one = 1 | t",
                "one = '1' | t",
                "one = -1 | f",
                "one = 1.0 | f",
                "a in ('w', 'x') | t",
                "a in ('w', b) | f",
                "a not in ('w', 'y') | t",
                "a not in ('w', n) | n",
                "a in ('x', n) | t",
                "n in ('x') | n",
                "a = 'y' and n = 'x' | f",
                "a = 'x' and n = 'x' | n",
                "a = 'x' or n = 'x' | t",
                "a = 'y' or n = 'x' | n",
                "a = 'y' or a = 'x' and one = 1 | t",
                "(a = 'y' or a = 'x') and one = 2 | f",
                "not (a = 'x' and one = 2) | t",
                "not not a = 'x' | t",
                "yes | t",
                "not yes | f",
                "yes = true | t",
                "yes is true | t",
                "yes is not false | t",
                "n is true | f",
                "n is not true | t",
                "n or yes | t",
                "quote = 'it''s' | t",
                "\"odd Name\" = 'o' and \"a\" = 'x' | t",
                "a=b | f",
                "a = a | t",
                "one < 2 | t",
                "one < 1 | f",
                "one <= 1 | t",
                "one > 0.5 | t",
                "one >= 1.5 | f",
                "3 > one | t",
                "n < 1 | n",
                "not n >= 1 | n",
                "price > 3.5 | f",
                "price >= 3.5 | t",
                "price <= 10 | t",
                "price < one | f",
                "day < '2024-05-07' | t",
                "day >= '12024-01-01' | f",
                "at > '2024-05-06 07:08:09+00' | t",
                "at < '2024-05-06 09:08:10+02' | t",
                "a < 3 | tf",
                "not a < 3 | tf",
                "a < 3 and one = 2 | f",
                "a < 3 or one = 1 | t",
                "a like 'x' | t",
                "a like '__' | f",
                "a not like 'x%' | f",
                "n like '%' | n",
                "n not like '%' | n",
                "quote like 'it''%' | t",
            })
    void isAsInSql(String text, String expected) {
        var row = new HashMap<String, String>(
                Map.of("a", "x", "b", "y", "one", "1", "yes", "true", "quote", "it's", "odd Name", "o"));
        row.put("n", null);
        row.put("price", "3.50");
        row.put("day", "2024-05-06");
        row.put("at", "2024-05-06 07:08:09.5+00");
        Outcome outcome = read(text).outcome(new Values(row));
        assertThat((outcome.canBeTrue() ? "t" : "")
                        + (outcome.canBeFalse() ? "f" : "")
                        + (outcome.unknown() ? "n" : ""))
                .isEqualTo(expected);
        assertThat(outcome.isTrue()).isEqualTo(expected.equals("t"));
    }

    /** Whatever the values are that are not known, what the condition then is was possible before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 'x'",
                "a <> 'x' and b is null",
                "not (a = b)",
                "a in ('x', b, c)",
                "a is not null or not (b = '1' and c = 'x')",
                "not (a = 'x' or b = 'x') and (c is null or a = c)",
                "a < 1",
                "a <= b and not (c > b)",
                "a like 'x%' or b < 2",
                "not (a >= b or c like '_')",
            })
    void aValueThatIsNotKnownLeavesOpenWhatItCanDecide(String text) {
        Condition condition = read(text);
        List<Map<String, String>> rows = new ArrayList<>(List.of(Map.of()));
        for (String column : List.of("a", "b", "c")) {
            var longer = new ArrayList<Map<String, String>>();
            for (Map<String, String> row : rows) {
                for (String value : VALUES) {
                    var more = new HashMap<>(row);
                    more.put(column, value);
                    longer.add(more);
                }
            }
            rows = longer;
        }
        for (Map<String, String> row : rows) {
            Outcome exact = condition.outcome(new Values(row));
            for (int known = 0; known < 8; known++) {
                var some = new HashMap<>(row);
                for (int i = 0; i < 3; i++) {
                    if ((known >> i & 1) == 0) {
                        some.remove(List.of("a", "b", "c").get(i));
                    }
                }
                Outcome outcome = condition.outcome(new Values(some));
                assertThat(outcome.canBeTrue() || !exact.canBeTrue())
                        .as("%s %s", row, some)
                        .isTrue();
                assertThat(outcome.canBeFalse() || !exact.canBeFalse())
                        .as("%s %s", row, some)
                        .isTrue();
                assertThat(outcome.unknown() || !exact.unknown())
                        .as("%s %s", row, some)
                        .isTrue();
            }
        }
    }

    @Test
    void whatIsKnownDecidesWhereItCan() {
        var row = new Values(Map.of("a", "x"));
        assertThat(read("a = 'y' and b = 'x'").outcome(row).canBeTrue()).isFalse();
        assertThat(read("a = 'x' or b = 'x'").outcome(row).isTrue()).isTrue();
        assertThat(read("a = 'x' and b is null").outcome(row).canBeTrue()).isTrue();
    }

    @Test
    void theTextDoesNotDependOnTheOrder() {
        assertThat(read("a = 1 and (b is null or 'x' = c)"))
                .hasToString(
                        read("(c = 'x' or b is null or b is null) and '1' = a").toString());
        assertThat(read("a = 'b'").toString()).isNotEqualTo(read("a = b").toString());
        assertThat(read("not a = 1 and b = 2").toString())
                .isNotEqualTo(read("not (a = 1 and b = 2)").toString());
        assertThat(read("a = 1 and b in (2, 'x')").columns()).containsExactly("a", "b");
        assertThat(read("a < 3 and b >= 2 and c like 'x'"))
                .hasToString(read("not (b < 2) and c like 'x' and 3 > a").toString())
                .hasToString("(\"a\" < '3') and (\"b\" >= '2') and (\"c\" like 'x')");
        assertThat(read("a > 3")).hasToString("\"a\" > '3'");
        assertThat(read("a <= b or c not like 'x'").columns()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a == 'x' | at character 3: expected one of =, <>, <, <=, >, >=, in, like, is null, is not null, found '=='",
                "a between 1 and 2 | at character 3: expected one of =, <>, <, <=, >, >=, in, like, is null, is not null, found 'between'",
                "a < 'abc' | at character 5: 'abc' has no order that Freshet knows; expected a number, or a date or time stamp as PostgreSQL prints it, such as '2024-01-31'",
                "a >= 'NaN' | at character 6: 'NaN' has no order",
                "true < a | at character 1: 'true' has no order",
                "a < null | at character 5: a comparison with null is never true",
                "a like b | at character 8: expected a pattern in single quotes, found 'b'",
                "'x' like 'y' | at character 1: 'like' follows 'x'; expected a column before it",
                "a not like 'x\\' | at character 12: pattern 'x\\' ends with a backslash; expected a character behind it",
                "like = 3 | at character 1: expected a column, a number, or text in single quotes, found 'like'",
                "a = null | at character 5: a comparison with null is never true; expected 'is null' or 'is not null'",
                "a in (null) | at character 7: a comparison with null is never true",
                "a = | at character 4: expected a column, a number, or text in single quotes, found the end",
                "a = 'x | at character 5: the quote ' has no end",
                "a is 3 | at character 6: expected null, true or false, found '3'",
                "'x' is null | at character 8: 'is' follows 'x'; expected a column before it",
                "a = 'x' b = 'y' | at character 9: expected 'and', 'or' or the end, found 'b'",
                "(a = 'x' | at character 9: expected ')', found the end",
                "a in 'x' | at character 6: expected '(', found 'x'",
                "home.name = 'x' | at character 5: 'home.': neither paths nor functions; expected a column of the row itself",
                "lower(a) = 'x' | at character 6: 'lower(': neither paths nor functions",
                "a = 3x | at character 5: '3' does not belong here",
                "a = #x | at character 5: '#' does not belong here",
                "and = 1 | at character 1: expected a column, a number, or text in single quotes, found 'and'",
            })
    void refusesWithTheCharacter(String text, String expected) {
        assertThatThrownBy(() -> ConditionReader.read(text)).hasMessageContaining(expected);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatThrownBy(() -> ConditionReader.read("(".repeat(5000) + "a = 1" + ")".repeat(5000)))
                .hasMessageContaining("nested more than 50 levels deep");
    }
}
