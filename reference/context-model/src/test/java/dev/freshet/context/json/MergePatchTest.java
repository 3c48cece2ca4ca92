// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The table of RFC 7396, appendix A, in its order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "[\"a\",\"b\"] | [\"c\",\"d\"] | [\"c\",\"d\"]",
                "{\"a\":\"b\"} | [\"c\"] | [\"c\"]",
                "{\"a\":\"foo\"} | null | null",
                "{\"a\":\"foo\"} | \"bar\" | \"bar\"",
                "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
                "[1,2] | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}"
            })
    void doesWhatTheTableOfTheRfcSays(String target, String patch, String result) throws Exception {
        assertThat(MergePatch.apply(JSON.readTree(target), JSON.readTree(patch)))
                .isEqualTo(JSON.readTree(result));
    }

    @Test
    void startsFromNothing() throws Exception {
        assertThat(MergePatch.apply(null, JSON.readTree("{\"a\":{\"b\":1,\"c\":null}}")))
                .isEqualTo(JSON.readTree("{\"a\":{\"b\":1}}"));
    }

    @Test
    void costsNoStackHoweverDeep() {
        var patch = nested(200_000);
        var node = MergePatch.apply(nested(100_000), patch);
        int depth = 0;
        for (; node.has("a"); node = node.get("a")) {
            depth++;
        }
        assertThat(depth).isEqualTo(200_000);
    }

    @RepeatedTest(200)
    void appliedTwiceIsAppliedOnceAndChangesNoArgument(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var target = object(random, 4);
        var patch = object(random, 4);
        var targetBefore = target.deepCopy();
        var patchBefore = patch.deepCopy();

        var once = MergePatch.apply(target, patch);

        assertThat(MergePatch.apply(once, patch)).isEqualTo(once);
        assertThat(target).isEqualTo(targetBefore);
        assertThat(patch).isEqualTo(patchBefore);
    }

    @RepeatedTest(200)
    void theNearerLevelOfAChainWins(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var far = object(random, 3);
        var near = object(random, 3);
        var resolved = MergePatch.apply(far, near);
        near.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                assertThat(resolved.has(member.getKey())).isFalse();
            } else if (!member.getValue().isObject()) {
                assertThat(resolved.get(member.getKey())).isEqualTo(member.getValue());
            }
        });
        far.properties().forEach(member -> {
            if (!near.has(member.getKey())) {
                assertThat(resolved.get(member.getKey())).isEqualTo(member.getValue());
            }
        });
    }

    private static ObjectNode nested(int depth) {
        var outer = JsonNodeFactory.instance.objectNode();
        var inner = outer;
        for (int i = 0; i < depth; i++) {
            inner = inner.putObject("a");
        }
        return outer;
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(4); i >= 0; i--) {
            object.set("abcd".substring(i, i + 1), value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextInt(3));
            case 2 -> nodes.arrayNode().add(random.nextInt(3));
            default -> object(random, depth);
        };
    }
}
