// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.e2e.process.EmbeddedCommand;
import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares evictions as {@code freshet invalidator plan} prints them with a file. With {@code -Dgolden.write=true} the
 * file is written instead and the test fails, so that a person reviews the differences first.
 */
public final class GoldenFile {
    private static final String RESOURCES = "lab/e2e-tests/src/test/resources/";
    /** Fields that differ from run to run. */
    private static final Set<String> UNSTABLE = Set.of("tx", "lsn");

    private GoldenFile() {}

    /**
     * The evictions for a mapping and a stream, one object per line. Those of one transaction are in alphabetical
     * order.
     */
    public static List<String> plan(String mapping, String changes) {
        var planned = EmbeddedCommand.run(Map.of(), "invalidator", "plan", "--mapping", mapping, "--changes", changes)
                .expect(0)
                .lines();
        // The order within a transaction has no meaning.
        var transactions = new LinkedHashMap<String, List<String>>();
        for (var line : planned) {
            JsonNode eviction = Json.parse(line);
            var cause = (ObjectNode) eviction.path("cause");
            var transaction = cause.path("tx").asText();
            cause.remove(UNSTABLE);
            transactions
                    .computeIfAbsent(transaction, ignored -> new ArrayList<>())
                    .add(Json.text(eviction));
        }
        return transactions.values().stream()
                .flatMap(evictions -> evictions.stream().sorted())
                .toList();
    }

    /** Fails if the evictions differ from those in a file of the test resources. */
    public static void check(String file, List<String> evictions) {
        var path = Repository.file(RESOURCES + file);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.write(path, evictions);
                throw new AssertionError(path + " was written: read it, then run again without -Dgolden.write");
            }
            assertThat(evictions).as("evictions, against %s", path).containsExactlyElementsOf(Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a test resource. */
    public static String resource(String file) {
        return Repository.file(RESOURCES + file).toString();
    }
}
