// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Limits on the size, depth and content of documents. Content that PostgreSQL's jsonb cannot hold is rejected. Nothing
 * here recurses, so a hostile document cannot overflow the stack.
 */
public final class JsonLimits {
    /** Maximum size of a document, in bytes of its compact UTF-8 form. */
    public static final int MAX_DOCUMENT_BYTES = 1 << 20;

    /** Maximum nesting depth; the document itself counts as 1. */
    public static final int MAX_DEPTH = 64;

    /**
     * Maximum number of tokens in a request. No document within {@link #MAX_DOCUMENT_BYTES}, with what wraps it, has
     * that many. The limit bounds the size of the tree: an empty array takes two characters of a body but some fifty
     * bytes of memory.
     */
    public static final int MAX_TOKENS = MAX_DOCUMENT_BYTES + 100_000;

    /**
     * Maximum number of digits before or after the point. jsonb writes numbers out in full, so 1e100000 would be large.
     */
    static final int MAX_DIGITS = 400;

    /** Longer than any number in jsonb, which has up to 131,072 digits before the point and 16,383 after it. */
    private static final int MAX_STORED_NUMBER = 200_000;

    /** Levels of nesting that a request may add around a document: the body, its list of operations, one operation. */
    private static final int WRAPPING = 3;

    private JsonLimits() {}

    /**
     * A mapper for requests. It rejects duplicate members, trailing text and excessive nesting while it reads, before
     * it builds a tree. It reads numbers exactly.
     */
    public static JsonMapper strictMapper() {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH + WRAPPING)
                .maxNumberLength(2 * MAX_DIGITS + 16)
                .maxTokenCount(MAX_TOKENS)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return exact(JsonMapper.builder(factory))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * A mapper for what the database holds. Plain SQL may have stored values that the API rejects, and the log keeps
     * them for ever. The mapper reads and writes trees of any depth without recursion. It writes numbers in full, as
     * jsonb does.
     */
    public static JsonMapper storedMapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(MAX_STORED_NUMBER)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .build())
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        return exact(JsonMapper.builder(factory))
                .addModule(new SimpleModule("trees").addSerializer(JsonNode.class, new TreeSerializer()))
                .build();
    }

    private static JsonMapper.Builder exact(JsonMapper.Builder builder) {
        return builder.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    /** Describes what is wrong with a document; empty if it may be stored. */
    public static Optional<String> problemOf(ObjectNode document) {
        var open = new ArrayDeque<Nested>();
        open.push(new Nested(document, 1));
        long bytes = 0;
        while (!open.isEmpty()) {
            var nested = open.pop();
            var node = nested.node;
            var problem = problemOfLeaf(node);
            if (problem.isPresent()) {
                return problem;
            }
            if (node.isContainerNode()) {
                if (nested.depth > MAX_DEPTH) {
                    return Optional.of("is nested deeper than " + MAX_DEPTH + " levels");
                }
                for (var member : node.properties()) {
                    if (JsonText.unfit(member.getKey())) {
                        return Optional.of("has a member name with U+0000 or half a surrogate pair");
                    }
                    bytes += JsonText.quotedBytes(member.getKey()) + 1;
                }
                node.forEach(child -> open.push(new Nested(child, nested.depth + 1)));
                bytes += 2 + Math.max(0, node.size() - 1);
            } else {
                bytes += node.isTextual()
                        ? JsonText.quotedBytes(node.textValue())
                        : node.asText().length();
            }
            if (bytes > MAX_DOCUMENT_BYTES) {
                return Optional.of("is larger than " + MAX_DOCUMENT_BYTES + " bytes");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problemOfLeaf(JsonNode node) {
        if (node.isTextual() && JsonText.unfit(node.textValue())) {
            return Optional.of("has a string with U+0000 or half a surrogate pair");
        }
        if (node.isNumber()) {
            var number = node.decimalValue();
            if (Math.abs((long) number.scale()) > MAX_DIGITS
                    || (long) number.precision() - number.scale() > MAX_DIGITS) {
                return Optional.of("has a number with more than " + MAX_DIGITS + " digits before or after the point");
            }
        }
        return Optional.empty();
    }

    private record Nested(JsonNode node, int depth) {}
}
