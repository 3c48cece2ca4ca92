// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.support.http.problem.FieldError;
import dev.freshet.writer.command.Command;
import dev.freshet.writer.command.Create;
import dev.freshet.writer.command.Delete;
import dev.freshet.writer.command.Move;
import dev.freshet.writer.command.Precondition;
import dev.freshet.writer.command.Replace;
import dev.freshet.writer.command.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code {"operations": […]}}. */
final class BulkBody {
    static final int MAX_OPERATIONS = 1_000;

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String OPERATIONS = "create, replace, update, delete, move";

    private final String user;
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> references = new HashSet<>();

    private BulkBody(String user) {
        this.user = user;
    }

    /** One operation: its name in the request, and its command. */
    record Operation(String op, String reference, Command command) {}

    static List<Operation> read(String user, ObjectNode body) {
        return new BulkBody(user).read(body);
    }

    private List<Operation> read(ObjectNode body) {
        var fields = new Fields(body, "", errors).known(Set.of("operations"));
        var list = body.get("operations");
        if (list == null || !list.isArray()) {
            fields.wrong(
                    "operations", (list == null ? "is missing" : "is " + Fields.kind(list)) + "; expected an array");
        } else if (list.isEmpty() || list.size() > MAX_OPERATIONS) {
            fields.wrong("operations", "has " + list.size() + " elements; expected 1 to " + MAX_OPERATIONS);
        }
        fields.check();
        var operations = new ArrayList<Operation>(list.size());
        for (int i = 0; i < list.size(); i++) {
            operations.add(operation(list.get(i), "operations[" + i + "]"));
        }
        fields.check();
        return operations;
    }

    /** Null if the operation is invalid; its errors have then been recorded. */
    private Operation operation(JsonNode json, String path) {
        if (!json.isObject()) {
            errors.add(new FieldError(path, "is " + Fields.kind(json) + "; expected an object"));
            return null;
        }
        var fields = new Fields((ObjectNode) json, path + ".", errors);
        var op = fields.filled("op", 20, null);
        var level = level(fields);
        if (op.isEmpty() || level == null) {
            return null;
        }
        var command = command(op, level, fields);
        var reference =
                op.equals("create") && fields.has("ref") ? fields.raw("ref").asText() : null;
        return new Operation(op, reference, command);
    }

    private static Level level(Fields fields) {
        var label = fields.filled("level", 20, null);
        if (label.isEmpty()) {
            return null;
        }
        try {
            return Level.of(label);
        } catch (IllegalArgumentException e) {
            fields.wrong("level", e.getMessage());
            return null;
        }
    }

    private Command command(String op, Level level, Fields fields) {
        return switch (op) {
            case "create" -> create(level, fields);
            case "replace" -> {
                allow(fields, level, true, "id", "version");
                yield new Replace(
                        level, target(level, fields), ContextBody.attributes(level, fields), precondition(fields));
            }
            case "update" -> {
                allow(fields, level, true, "id", "version");
                yield ContextBody.patch(level, target(level, fields), fields, precondition(fields));
            }
            case "delete" -> {
                allow(fields, level, false, "id", "version");
                yield new Delete(level, target(level, fields), precondition(fields));
            }
            case "move" -> {
                allow(fields, level, false, "id", "version", "parent");
                if (!level.movable()) {
                    fields.wrong("level", "is " + level + "; only branches and tasks can be moved");
                    yield null;
                }
                yield new Move(
                        level,
                        target(level, fields),
                        named(level.parent().orElseThrow(), "parent", fields),
                        precondition(fields));
            }
            default -> {
                fields.wrong("op", "is '" + op + "'; expected one of " + OPERATIONS);
                yield null;
            }
        };
    }

    private Command create(Level level, Fields fields) {
        allow(fields, level, true, level.movable() ? new String[] {"ref", "parent"} : new String[] {"ref"});
        var reference = fields.has("ref") ? fields.filled("ref", 64, null) : null;
        if (reference != null && !REFERENCE.matcher(reference).matches()) {
            fields.wrong("ref", "is '" + reference + "'; expected " + REFERENCE.pattern());
        } else if (reference != null && !references.add(reference)) {
            fields.wrong("ref", "'" + reference + "' is taken by an earlier operation");
        }
        var parent = level.movable() ? named(level.parent().orElseThrow(), "parent", fields) : null;
        return new Create(level, parent, ContextBody.attributes(level, fields), reference);
    }

    private static void allow(Fields fields, Level level, boolean columns, String... more) {
        var names = new TreeSet<>(Set.of(more));
        names.add("op");
        names.add("level");
        if (columns) {
            names.addAll(ContextBody.columns(level));
        }
        fields.known(names);
    }

    private Target target(Level level, Fields fields) {
        if (level != Level.GLOBAL) {
            return named(level, "id", fields);
        }
        if (fields.has("id") && !fields.raw("id").asText().equals(user)) {
            fields.wrong("id", "is not the user of the token; a global context needs no id");
        }
        return Target.of(ContextId.global(user), "id");
    }

    /** Reads a number or {@code "$ref"}. */
    private static Target named(Level level, String field, Fields fields) {
        var value = fields.raw(field);
        if (value != null && value.isTextual() && value.textValue().startsWith("$")) {
            return Target.reference(value.textValue().substring(1), field);
        }
        if (value == null) {
            fields.wrong(field, "is missing; expected a number or \"$ref\" of an earlier operation");
            return null;
        }
        var number = fields.number(field);
        return number == null ? null : Target.of(ContextId.of(level, number), field);
    }

    private static Precondition precondition(Fields fields) {
        var version = fields.number("version");
        return version == null ? Precondition.NONE : Precondition.versions(Set.of(version));
    }
}
