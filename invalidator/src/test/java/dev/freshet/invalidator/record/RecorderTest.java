// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.record;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.model.mapping.TableName;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithPostgres
class RecorderTest {
    private final TestDatabase database;

    @TempDir
    Path folder;

    RecorderTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void snapshotAndChangesMeetWithNothingLostOrTwice() throws Exception {
        database.execute(
                "CREATE TABLE note (id int PRIMARY KEY, body text)", "INSERT INTO note VALUES (1, NULL), (2, 'two')");
        Path file = folder.resolve("events.jsonl");
        var recorder = new Recorder(settings(file, "rec_one", true, 5));
        var events = CompletableFuture.supplyAsync(() -> run(recorder));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(file) && lines(file).size() >= 2);

        database.execute(
                "INSERT INTO note VALUES (3, 'three')",
                "UPDATE note SET body = 'zwei' WHERE id = 2",
                "DELETE FROM note WHERE id = 1");

        assertThat(events.get()).isEqualTo(5);
        List<JsonNode> written = lines(file);
        assertThat(written).extracting(e -> e.path("op").asText()).containsExactly("r", "r", "c", "u", "d");
        assertThat(written).allSatisfy(e -> {
            assertThat(e.path("source").path("schema").asText()).isEqualTo("public");
            assertThat(e.path("source").path("table").asText()).isEqualTo("note");
            assertThat(e.path("source").path("ts_us").isNumber()).isTrue();
        });
        assertThat(written.get(0).path("after").path("id").asText()).isEqualTo("1");
        assertThat(written.get(0).path("after").path("body").isNull()).isTrue();
        assertThat(written.get(3).path("after").path("body").asText()).isEqualTo("zwei");
        assertThat(written.get(4).path("before").path("id").asText()).isEqualTo("1");
        assertThat(slots()).isZero();
    }

    @Test
    void stopsWhenToldAndDropsItsSlot() throws Exception {
        database.execute("CREATE TABLE quiet (id int PRIMARY KEY)");
        Path file = folder.resolve("none.jsonl");
        var recorder = new Recorder(new Recorder.Settings(
                jdbc(),
                List.of(new TableName("public", "quiet")),
                "rec_two",
                true,
                "rec_two",
                file,
                false,
                Long.MAX_VALUE,
                null));
        var events = CompletableFuture.supplyAsync(() -> run(recorder));
        Awaitility.await().atMost(PATIENCE).until(() -> slots() == 1);

        recorder.stop();

        assertThat(events.get()).isZero();
        assertThat(slots()).isZero();
    }

    private Recorder.Settings settings(Path file, String name, boolean snapshot, long events) {
        return new Recorder.Settings(
                jdbc(), List.of(new TableName("public", "note")), name, true, name, file, snapshot, events, null);
    }

    private JdbcSettings jdbc() {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        return new JdbcSettings(database.jdbcUrl(), properties);
    }

    private static long run(Recorder recorder) {
        try {
            return recorder.run(() -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long slots() throws Exception {
        try (var connection = database.connect();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE 'rec_%'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        var json = new ObjectMapper();
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(file)) {
            lines.add(json.readTree(line));
        }
        return lines;
    }
}
