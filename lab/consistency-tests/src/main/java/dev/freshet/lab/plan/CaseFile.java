// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.core.stream.Operation;
import dev.freshet.core.stream.Row;
import dev.freshet.core.stream.RowChange;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.DesignYaml;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.Episode.Transaction;
import dev.freshet.lab.plan.oracle.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes an episode as a case: mapping.yaml, changes.jsonl, expected.txt and notes.md. */
final class CaseFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CaseFile() {}

    static void write(Path folder, Episode episode, List<Set<String>> missed, String notes) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("mapping.yaml"), DesignYaml.of(episode.design()));
        Files.write(folder.resolve("changes.jsonl"), changes(episode));
        Files.write(
                folder.resolve("expected.txt"),
                missed.stream()
                        .flatMap(Set::stream)
                        .map(Target::text)
                        .distinct()
                        .toList());
        Files.writeString(folder.resolve("notes.md"), notes + manner(episode));
    }

    /** Describes what the file of changes does not contain. */
    static String manner(Episode episode) {
        var manner = new StringBuilder();
        for (int i = 0; i < episode.transactions().size(); i++) {
            Transaction how = episode.transactions().get(i);
            if (!how.isPlain()) {
                manner.append("Transaction %d: pieces of %d changes, look-ups %d transactions ahead%s.%n"
                        .formatted(i + 2, how.piece(), how.ahead(), how.creeping() ? " and more with each piece" : ""));
            }
        }
        return manner.toString();
    }

    static List<String> changes(Episode episode) throws IOException {
        var lines = new ArrayList<String>();
        for (Table table : episode.design().tables()) {
            for (var row : episode.start().of(table.name()).values()) {
                lines.add(line("r", table.name(), 1, null, new Row(row)));
            }
        }
        Tables rows = episode.start().copy();
        var trial = new Trial(episode.design(), new OverEvictions());
        for (int i = 0; i < episode.transactions().size(); i++) {
            for (RowChange change : trial.run(episode.transactions().get(i), rows, i + 2)) {
                String op = change.operation() == Operation.TRUNCATE
                        ? "t"
                        : change.operation().name().substring(0, 1).toLowerCase(java.util.Locale.ROOT);
                lines.add(line(op, change.table().table(), i + 2, change.before(), change.after()));
            }
        }
        return lines;
    }

    private static String line(String op, String table, long txId, Row before, Row after) throws IOException {
        ObjectNode event = JSON.createObjectNode().put("op", op);
        event.putObject("source").put("schema", "public").put("table", table).put("txId", txId);
        image(event, "before", before);
        image(event, "after", after);
        return JSON.writeValueAsString(event);
    }

    private static void image(ObjectNode event, String name, Row row) {
        if (row != null) {
            ObjectNode image = event.putObject(name);
            row.values()
                    .forEach((column, value) ->
                            image.put(column, row.knows(column) ? value : "__debezium_unavailable_value"));
        }
    }
}
