// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.e2e.installation.Installation;
import dev.freshet.e2e.installation.InstallationExtension;
import dev.freshet.e2e.process.Command;
import dev.freshet.e2e.process.Json;
import dev.freshet.e2e.process.Sidecar;
import dev.freshet.e2e.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} reads, without a database, what {@code record} wrote from a live one. */
@ExtendWith(InstallationExtension.class)
class RecordedStreamTest {

    private final Installation freshet;

    RecordedStreamTest(Installation freshet) {
        this.freshet = freshet;
    }

    @Test
    void aRecordedSessionIsPlannedAsBefore(@TempDir Path folder) throws Exception {
        var recording = folder.resolve("changes.jsonl");
        try (var shop = freshet.createDatabase("recorded");
                var database = new Database(shop.connect())) {
            database.script(RentalShop.schema());
            for (var table : tables(database)) {
                database.execute("alter table " + table + " replica identity full");
            }
            database.script(RentalShop.rows());

            record(shop, database, recording);

            assertThat(database.rows("select slot_name from pg_replication_slots where database = current_database()"))
                    .as("slots left behind")
                    .isEmpty();
        }
        var evictions = GoldenFile.plan(RentalShop.MAPPING, recording.toString());
        assertThat(keys(evictions)).isEqualTo(keysWorkedOutByHand());
        GoldenFile.check("rental-shop/evictions.jsonl", evictions);
    }

    private static Set<String> keys(List<String> evictions) {
        return evictions.stream()
                .map(Json::parse)
                .filter(eviction -> eviction.has("key"))
                .map(eviction -> eviction.path("key").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keysWorkedOutByHand() {
        var keys = new TreeSet<>(Set.of("country:99"));
        RentalShop.steps().forEach(step -> keys.addAll(step.keys()));
        keys.removeIf(key -> key.contains("*"));
        return keys;
    }

    private static void record(TestDatabase shop, Database database, Path recording) throws SQLException {
        var command = Command.freshet(
                        "invalidator",
                        "record",
                        "--mapping",
                        RentalShop.MAPPING,
                        "--snapshot",
                        "--file",
                        recording.toString())
                .with(Map.of(
                        "FRESHET_JDBC_URL", shop.jdbcUrl(),
                        "FRESHET_JDBC_USER", PostgresServer.SUPERUSER,
                        "FRESHET_JDBC_PASSWORD", shop.password()));
        try (var recorder = new Sidecar(command)) {
            awaitLine(recorder, recording, "the snapshot's last row", rows(database));
            for (var step : RentalShop.steps()) {
                database.execute(step.sql());
            }
            database.execute("insert into country (country_id, country) values (99, 'the end')");
            await("the last change in " + recording)
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(recording).as(recorder.log()).content().contains("the end"));
            assertThat(recorder.stop()).as(recorder.log()).isZero();
        }
    }

    private static void awaitLine(Sidecar recorder, Path recording, String what, int lines) {
        await(what + " in " + recording)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(lines(recording)).as(recorder.log()).hasSize(lines));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static int rows(Database database) throws SQLException {
        int rows = 0;
        for (var table : tables(database)) {
            rows += Integer.parseInt(database.value("select count(*) from " + table));
        }
        return rows;
    }

    private static List<String> tables(Database database) throws SQLException {
        return database
                .rows("select oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace"
                        + " and relkind = 'r'")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
