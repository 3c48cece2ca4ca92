// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.fault.FaultProxy.Moment;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.writer.db.MigratedSchema;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each statement of a write fails once: the write is done or it is not, and whoever repeats it has it done once. */
@WithPostgres(template = MigratedSchema.class)
class ErrorPathsTest {
    private static final int MOST = 50;

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void aRepeatedWriteIsDoneOnceWhicheverStatementFails(Moment moment, TestDatabase database) {
        var server = database.server();
        try (var proxy = new FaultProxy(server.host(), server.port());
                // Without statements prepared on the server, which would be sent with others or not at all.
                var api = Api.start(
                        database,
                        "jdbc:postgresql://" + proxy.address() + "/" + database.name() + "?prepareThreshold=0")) {
            var ann = api.as("ann");
            var path = "/v1/projects/" + ann.project("p");
            long version = ann.get(path).json().path("version").longValue();
            int statements = 0;
            for (int nth = 1; nth < MOST && statements == 0; nth++) {
                var body = "{\"name\":\"n" + nth + "\"}";
                var fault = proxy.failAt(moment, ErrorPathsTest::isStatement, nth, () -> {});
                var key = moment + "-" + nth;
                var first = ann.patch(path, body, "Idempotency-Key", key);
                if (!fault.struck()) {
                    fault.over();
                    statements = nth - 1;
                }
                assertThat(first.status()).as(key).isIn(200, 503);
                var again = new AtomicReference<Api.Answer>();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    again.set(ann.patch(path, body, "Idempotency-Key", key));
                    assertThat(again.get().status())
                            .as("%s: %s", key, again.get().raw().body())
                            .isEqualTo(200);
                });
                version++;
                assertThat(again.get().json().path("version").longValue())
                        .as(key)
                        .isEqualTo(version);
                var shown = ann.get(path).json();
                assertThat(shown.path("name").asText()).isEqualTo("n" + nth);
                assertThat(shown.path("version").longValue()).isEqualTo(version);
            }
            assertThat(statements).isGreaterThan(3);
        }
    }

    /** Parse, or a simple query. */
    private static boolean isStatement(String request) {
        return request.startsWith("P") || request.startsWith("Q");
    }
}
