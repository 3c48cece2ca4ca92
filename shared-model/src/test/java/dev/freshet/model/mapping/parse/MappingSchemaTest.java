// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.model.mapping.MappingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema for editors knows the same names as the parser, and lets the example files pass. */
class MappingSchemaTest {
    private static final Path FOLDER = Path.of("..", "deploy", "mappings");

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("mapping.schema.json").toFile());
    }

    @Test
    void everyNameOfTheSchemaIsKnownToTheParserAndTheOtherWayRound() throws IOException {
        JsonNode defs = schema().path("$defs");
        assertSame(schema().path("properties"), "freshet: 1\nX: 1\nentities: { a: { table: t, id: i } }");
        assertSame(defs.path("entity").path("properties"), "freshet: 1\nentities: { a: { table: t, id: i, X: 1 } }");
        assertSame(
                defs.path("reference").path("properties"),
                "freshet: 1\nentities: { a: { table: t, id: i, references: { a: { columns: c, X: 1 } } } }");
        assertSame(
                defs.path("template").path("oneOf").get(1).path("properties"),
                "freshet: 1\nentities: { a: { table: t, id: i, keys: { key: k, X: 1 } } }");
        assertSame(
                defs.path("rows").path("properties"),
                "freshet: 1\nentities: { a: { table: t, id: i, references: { a: b }, keys: { key: k, from: { a: { on: [], X: 1 } } } } }");
    }

    /** The parser lists the names that it knows when it refuses X. */
    private static void assertSame(JsonNode properties, String withUnknownX) {
        var names = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(names::add);
        String refusal = "";
        try {
            MappingParser.parse("m.yaml", new StringReader(withUnknownX));
        } catch (MappingException e) {
            refusal = e.problems().get(0).message();
        }
        assertThat(refusal).contains("unknown key 'X'");
        String known = refusal.substring(refusal.indexOf("expected one of ") + "expected one of ".length());
        assertThat(new TreeSet<>(List.of(known.split(", ")))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../deploy/mappings/contexts.yaml",
                "../deploy/mappings/contexts-plain.yaml",
                "../deploy/mappings/rental-shop.yaml"
            })
    void filesFollowTheSchema(String file) throws IOException {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(file)));
        var problems = new ArrayList<String>();
        JsonNode schema = schema();
        check(schema, schema, new ObjectMapper().valueToTree(yaml), "", problems);
        assertThat(problems).isEmpty();
    }

    /** As much of JSON Schema as the schema uses for structure. */
    private static void check(JsonNode root, JsonNode given, JsonNode value, String path, List<String> problems) {
        JsonNode schema = given;
        while (schema.has("$ref")) {
            schema = root.at(schema.get("$ref").asText().substring(1));
        }
        if (schema.has("oneOf")) {
            int matching = 0;
            for (JsonNode option : schema.get("oneOf")) {
                var here = new ArrayList<String>();
                check(root, option, value, path, here);
                matching += here.isEmpty() ? 1 : 0;
            }
            if (matching != 1) {
                problems.add(path + " matches " + matching + " of the alternatives");
            }
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            problems.add(path + " is not " + schema.get("const"));
        }
        if (schema.has("pattern")
                && value.isTextual()
                && !java.util.regex.Pattern.compile(schema.get("pattern").asText())
                        .matcher(value.asText())
                        .find()) {
            problems.add(path + " does not match " + schema.get("pattern"));
        }
        if (schema.has("type") && !isOf(value, schema.get("type").asText())) {
            problems.add(path + " is no " + schema.get("type").asText());
            return;
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                problems.add(path + " has no " + required.asText());
            }
        }
        JsonNode others = schema.path("additionalProperties");
        for (var field : value.properties()) {
            String at = path + "/" + field.getKey();
            if (schema.path("properties").has(field.getKey())) {
                check(root, schema.path("properties").get(field.getKey()), field.getValue(), at, problems);
            } else if (others.isObject()) {
                check(root, others, field.getValue(), at, problems);
            } else if (others.isBoolean()) {
                problems.add(at + " is not in the schema");
            }
        }
        if (value.isArray() && schema.has("items")) {
            for (JsonNode item : value) {
                check(root, schema.get("items"), item, path + "[]", problems);
            }
        }
    }

    private static boolean isOf(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }
}
