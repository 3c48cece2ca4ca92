// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.support.http.openapi.OpenApi;
import dev.freshet.writer.db.MigratedSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedSchema.class)
class OpenApiTest {
    private static Api api;

    @BeforeAll
    static void start(TestDatabase database) {
        api = Api.start(database);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void theDocumentTellsTheRoutesThatThereAre() {
        assertThat(OpenApi.fromClasspath("/openapi/writer.yaml").operations())
                .isEqualTo(api.service().http().operations());
    }

    @Test
    void theOperatorsRoutesNeedNoToken() {
        var nobody = new Api.Client(api.service().http().url(), "none");
        for (var path : new String[] {"/livez", "/readyz", "/metrics", "/openapi"}) {
            assertThat(nobody.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(nobody.get("/v1/projects").status()).isEqualTo(401);
    }

    @Test
    void metricsCountWhatWasWritten() {
        var ann = api.as("ann");
        var path = "/v1/projects/" + ann.project("p");
        ann.patch(path, "{}", "If-Match", "\"9\"");
        var metrics = ann.get("/metrics").raw().body();
        assertThat(metrics)
                .contains("freshet_writer_commits_total 1.0")
                .contains("freshet_writer_events_total 2.0")
                .contains("freshet_writer_conflicts_total 1.0")
                .contains("route=\"/v1/projects/{id}\"")
                .doesNotContain("ann");
    }
}
