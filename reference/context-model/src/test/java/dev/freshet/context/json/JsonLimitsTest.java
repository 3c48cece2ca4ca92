// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {
    private static ObjectNode document(String json) throws JsonProcessingException {
        return (ObjectNode) JsonLimits.strictMapper().readTree(json);
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    @Test
    void takesTheDeepestDocumentAndNoDeeper() throws Exception {
        assertThat(JsonLimits.problemOf(document(nested(JsonLimits.MAX_DEPTH)))).isEmpty();
        assertThat(JsonLimits.problemOf(document(nested(JsonLimits.MAX_DEPTH + 1))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("64"));
    }

    @Test
    void countsArraysAsLevels() throws Exception {
        var arrays = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        assertThat(JsonLimits.problemOf(document(arrays))).isPresent();
    }

    @Test
    void refusesAbsurdNestingWhileReading() {
        var body = "[".repeat(500_000);
        assertThatThrownBy(() -> JsonLimits.strictMapper().readTree(body))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void takesTheLargestDocumentAndNoLarger() throws Exception {
        int frame = "{\"a\":\"\"}".length();
        var largest = "{\"a\":\"" + "x".repeat(JsonLimits.MAX_DOCUMENT_BYTES - frame) + "\"}";
        assertThat(JsonLimits.problemOf(document(largest))).isEmpty();
        assertThat(JsonLimits.problemOf(document(largest.replace("x\"", "xx\""))))
                .isPresent();
    }

    @Test
    void countsBytesAsTheyAreWritten() throws Exception {
        var json = "{\"a\":[1,true,null,\"é€😀\\n\\u0001\\\"\"],\"b\":{},\"c\":[]}";
        var document = document(json);
        var written = JsonLimits.strictMapper().writeValueAsString(document).getBytes(StandardCharsets.UTF_8).length;
        var padding = JsonLimits.MAX_DOCUMENT_BYTES - written - ",\"p\":\"\"".length();
        assertThat(JsonLimits.problemOf(document.deepCopy().put("p", "x".repeat(padding))))
                .isEmpty();
        assertThat(JsonLimits.problemOf(document.deepCopy().put("p", "x".repeat(padding + 1))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":1}",
                "{\"a\":[\"\\ud800\"]}",
                "{\"a\":\"\\udc00x\"}",
                "{\"a\":1e401}",
                "{\"a\":1e-401}",
                "{\"a\":-1e999999999}"
            })
    void refusesWhatJsonbCannotHold(String json) throws Exception {
        assertThat(JsonLimits.problemOf(document(json))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1e300}", "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":1.50}", "{}"})
    void takesWhatItCan(String json) throws Exception {
        assertThat(JsonLimits.problemOf(document(json))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{} {}", "{\"a\":1,}", "{'a':1}", "{\"a\":NaN}"})
    void readsStrictly(String json) {
        assertThatThrownBy(() -> JsonLimits.strictMapper().readTree(json)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void numbersAreExactAndComparedByValue() throws Exception {
        var a = document("{\"a\":[1,0.1000000000000000055511151231257827,100]}");
        var b = document("{\"a\":[1.0,0.1000000000000000055511151231257827,1e2]}");
        assertThat(JsonValues.equal(a, b)).isTrue();
        assertThat(JsonValues.equal(a, document("{\"a\":[1,0.1,100]}"))).isFalse();
        assertThat(JsonLimits.strictMapper().writeValueAsString(a)).contains("0.1000000000000000055511151231257827");
    }

    /** Deeper than PostgreSQL takes with 8 MB of stack, on a thread with little of it. */
    @Test
    void whatIsStoredCostsNoStackHoweverDeep() throws Exception {
        var small = new FutureTask<>(() -> {
            var mapper = JsonLimits.storedMapper();
            var json = "{\"a\":[".repeat(30_000) + "1.50" + "]}".repeat(30_000);
            var tree = mapper.readTree(json);
            assertThat(mapper.writeValueAsString(tree)).isEqualTo(json);
            assertThat(JsonValues.equal(tree, mapper.readTree(json.replace("1.50", "1.5"))))
                    .isTrue();
            assertThat(JsonValues.equal(tree, mapper.readTree(json.replace("1.50", "1.6"))))
                    .isFalse();
            var merged = MergePatch.apply(tree, mapper.readTree("{\"b\":" + json + "}"));
            assertThat(mapper.writeValueAsBytes(merged)).hasSize(2 * json.length() + ",\"b\":".length());
            var objects = "{\"a\":".repeat(30_000) + "null" + "}".repeat(30_000);
            assertThat(MergePatch.apply(tree, mapper.readTree(objects)).size()).isOne();
            assertThat(JsonLimits.problemOf((ObjectNode) tree)).isPresent();
            return true;
        });
        new Thread(null, small, "small", 128 << 10).start();
        assertThat(small.get()).isTrue();
    }

    @Test
    void whatIsStoredMayHaveLongNamesAndNumbers() throws Exception {
        var json = "{\"" + "n".repeat(1 << 20) + "\":-" + "9".repeat(131_072) + "." + "1".repeat(16_383) + "}";
        var mapper = JsonLimits.storedMapper();
        assertThat(mapper.writeValueAsString(mapper.readTree(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":1};[1]",
                "{\"a\":1};{\"b\":1}",
                "{\"a\":1};{\"a\":1,\"b\":1}",
                "{\"a\":[1,2]};{\"a\":[2,1]}",
                "{\"a\":null};{\"a\":\"null\"}",
                "{\"a\":1};{\"a\":\"1\"}",
                "{\"a\":{}};{\"a\":[]}"
            })
    void otherValuesAreNotEqual(String a, String b) throws Exception {
        var mapper = JsonLimits.storedMapper();
        assertThat(JsonValues.equal(mapper.readTree(a), mapper.readTree(b))).isFalse();
        assertThat(JsonValues.equal(mapper.readTree(b), mapper.readTree(a))).isFalse();
    }

    @Test
    void quotedBytesAreThoseOfUtf8() {
        assertThat(JsonText.quotedBytes("é€😀")).isEqualTo(2 + "é€😀".getBytes(StandardCharsets.UTF_8).length);
    }
}
