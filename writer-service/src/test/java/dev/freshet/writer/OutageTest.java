// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.db.MigratedSchema;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedSchema.class)
class OutageTest {
    @Test
    void withoutTheDatabaseItSaysSoAndComesBackByItself(PostgresServer server, TestDatabase database)
            throws SQLException {
        try (var api = Api.start(database)) {
            var ann = api.as("ann");
            var path = "/v1/projects/" + ann.project("p");
            server.maintenance().execute("alter database " + database.name() + " connection limit 0");
            server.maintenance()
                    .execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                            + database.name() + "'");
            for (var answer : new Api.Answer[] {ann.get(path), ann.patch(path, "{\"name\":\"q\"}")}) {
                assertThat(answer.status()).as(answer.raw().body()).isEqualTo(503);
                assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.raw().body()).doesNotContain("connection", "SQL", "FATAL");
            }
            assertThat(ann.get("/livez").status()).isEqualTo(200);
            assertThat(ann.get("/readyz").status()).isEqualTo(503);

            server.maintenance().execute("alter database " + database.name() + " connection limit -1");
            // Whoever comes before the pool has tried again is told to retry.
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(ann.patch(path, "{\"name\":\"q\"}").status())
                                    .isEqualTo(200));
        }
    }
}
