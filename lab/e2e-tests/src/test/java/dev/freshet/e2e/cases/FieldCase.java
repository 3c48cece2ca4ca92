// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import dev.freshet.e2e.process.Json;
import dev.freshet.model.mapping.parse.MappingParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A case from the field: a folder of files, described in {@code src/test/resources/cases/README.md}. */
public record FieldCase(Path folder, Map<String, Object> options) {
    private static final Set<String> OPTIONS =
            Set.of("environment", "server", "stopped", "refused", "mend", "since", "before", "pending");

    /** All cases in a folder, in the order of their names. */
    public static List<FieldCase> in(Path cases) {
        try (var folders = Files.list(cases)) {
            return folders.filter(folder -> Files.exists(folder.resolve("mapping.yaml")))
                    .sorted()
                    .map(FieldCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FieldCase read(Path folder) {
        var file = folder.resolve("case.yaml");
        var options = new LinkedHashMap<String, Object>();
        if (Files.exists(file)) {
            var loaded = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text(file));
            loaded.forEach((name, value) -> options.put(name.toString(), value));
        }
        if (!OPTIONS.containsAll(options.keySet())) {
            throw new AssertionError(file + " has " + options.keySet() + ", expected some of " + OPTIONS);
        }
        return new FieldCase(folder, options);
    }

    public String name() {
        return folder.getFileName().toString();
    }

    /** A name for use in PostgreSQL: a letter, then letters, digits and underscores. */
    public String identifier() {
        return "case_" + name().toLowerCase().replaceAll("[^a-z0-9]+", "_");
    }

    public boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** The statements of a file. */
    public String sql(String file) {
        return text(folder.resolve(file));
    }

    public String mapping() {
        return folder.resolve("mapping.yaml").toString();
    }

    /** The mapping that the invalidator is started with after the change. */
    public String laterMapping() {
        return has("mapping-new.yaml") ? folder.resolve("mapping-new.yaml").toString() : mapping();
    }

    public String namespace() {
        try {
            return MappingParser.parse(folder.resolve("mapping.yaml")).namespace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the change is made while the invalidator is stopped. */
    public boolean stopped() {
        return has("mapping-new.yaml") || Boolean.TRUE.equals(options.get("stopped"));
    }

    /** Each key that is filled, and whether it must stay. */
    public Map<String, Boolean> keys() {
        var keys = new LinkedHashMap<String, Boolean>();
        for (var line : sql("expected.txt").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.put(key(line), stays(line));
            }
        }
        return keys;
    }

    private boolean stays(String line) {
        var word = line.split(" ", 2)[0];
        if (!word.equals("stays") && !word.equals("gone")) {
            throw new AssertionError(name() + ": '" + line + "', expected 'gone KEY' or 'stays KEY'");
        }
        return word.equals("stays");
    }

    private static String key(String line) {
        var key = line.split(" ", 2)[1];
        return key.startsWith("\"") ? Json.parse(key).asText() : key;
    }

    /** Redis users, in the form of its ACL file. */
    public List<String> users() {
        return has("users.acl")
                ? sql("users.acl")
                        .lines()
                        .filter(line -> line.startsWith("user "))
                        .toList()
                : List.of();
    }

    public Map<String, String> environment() {
        return map("environment");
    }

    /** Whether it is about the process: its variables, or what it says when it refuses to start. */
    boolean aboutTheStart() {
        return !environment().isEmpty() || option("refused").isPresent();
    }

    /** Settings of a dedicated server; empty if the case needs none. */
    public Map<String, String> server() {
        return map("server");
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).map(Object::toString);
    }

    /** Why the case is skipped on that version of PostgreSQL; empty if it is not. */
    public Optional<String> skipped(int postgres) {
        if (option("pending").isPresent() && !Boolean.getBoolean("freshet.pending")) {
            return option("pending").map(why -> "pending: " + why);
        }
        if (!has("change.sql") || !has("expected.txt")) {
            return Optional.of("it has no change.sql and expected.txt");
        }
        if (postgres < option("since").map(Integer::valueOf).orElse(0)) {
            return Optional.of("for PostgreSQL " + options.get("since") + " and later");
        }
        if (postgres >= option("before").map(Integer::valueOf).orElse(Integer.MAX_VALUE)) {
            return Optional.of("for PostgreSQL before " + options.get("before"));
        }
        return Optional.empty();
    }

    private Map<String, String> map(String name) {
        return options.get(name) instanceof Map<?, ?> values
                ? values.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().toString(),
                                entry -> entry.getValue().toString()))
                : Map.of();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
