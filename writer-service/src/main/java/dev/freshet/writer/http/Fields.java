// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.json.JsonLimits;
import dev.freshet.context.json.JsonText;
import dev.freshet.support.http.problem.ApiException;
import dev.freshet.support.http.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the members of a JSON object strictly, and collects all errors. Not thread-safe. */
final class Fields {
    private final ObjectNode json;
    private final String path;
    private final List<FieldError> errors;

    /** @param path prefix for a member's name in errors, such as {@code operations[3].} */
    Fields(ObjectNode json, String path, List<FieldError> errors) {
        this.json = json;
        this.path = path;
        this.errors = errors;
    }

    static Fields of(ObjectNode json) {
        return new Fields(json, "", new ArrayList<>());
    }

    /** Reports every other member as an error. */
    Fields known(Set<String> names) {
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                wrong(
                        shown(name),
                        "is not a known field; known are "
                                + String.join(", ", names.stream().sorted().toList()));
            }
        });
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    JsonNode raw(String name) {
        return json.get(name);
    }

    /** The text of a member, or the default if it is absent. The result is empty if the member is not a string. */
    String text(String name, int maxLength, String defaultValue) {
        var value = json.get(name);
        if (value == null) {
            return defaultValue;
        }
        if (!value.isTextual()) {
            wrong(name, "is " + kind(value) + "; expected a string");
            return "";
        }
        var text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            wrong(name, "has " + length + " characters; at most " + maxLength + " are allowed");
        }
        if (JsonText.unfit(text)) {
            wrong(name, "has U+0000 or half a surrogate pair in it");
        }
        return text;
    }

    /** Like {@link #text}, but the text must not be empty. Without a default, the member is required. */
    String filled(String name, int maxLength, String defaultValue) {
        if (!json.has(name) && defaultValue == null) {
            wrong(name, "is missing; expected a string");
            return "";
        }
        int before = errors.size();
        var text = text(name, maxLength, defaultValue);
        if (text.isEmpty() && errors.size() == before) {
            wrong(name, "is empty; expected at least one character");
        }
        return text;
    }

    /** The document, or the default if it is absent. */
    ObjectNode document(ObjectNode defaultValue) {
        var value = json.get("document");
        if (value == null) {
            return defaultValue;
        }
        if (!value.isObject()) {
            wrong("document", "is " + kind(value) + "; expected an object");
            return defaultValue;
        }
        JsonLimits.problemOf((ObjectNode) value).ifPresent(problem -> wrong("document", problem));
        return (ObjectNode) value;
    }

    /** A positive whole number; null if it is absent or invalid. */
    Long number(String name) {
        var value = json.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() <= 0) {
            wrong(name, "is " + shown(value.toString()) + "; expected a whole number from 1 to " + Long.MAX_VALUE);
            return null;
        }
        return value.longValue();
    }

    void wrong(String name, String reason) {
        errors.add(new FieldError(path + name, reason));
    }

    /** @throws ApiException 400 with the errors found, at most 50 */
    void check() {
        if (!errors.isEmpty()) {
            throw ApiException.badRequest(errors.subList(0, Math.min(errors.size(), 50)));
        }
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "null";
        };
    }

    static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
