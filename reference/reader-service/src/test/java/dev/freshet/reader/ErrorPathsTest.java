// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.devservices.RawRedis;
import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.fault.FaultProxy;
import dev.freshet.devservices.fault.FaultProxy.Moment;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each statement of a load fails once: nothing wrong is answered or stored, and the next read is right. */
@WithPostgres(template = MigratedDatabase.class)
@WithRedis
class ErrorPathsTest {
    private static final int MOST = 50;
    private static final String PATH = "/v1/tasks/111/resolved";

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "IN_THE_MIDDLE", "AFTER"})
    void nothingWrongIsStoredWhicheverStatementFails(Moment moment, TestDatabase database, RedisServer redis)
            throws Exception {
        Sample.fill(database);
        var server = database.server();
        var role = MigratedDatabase.asReader(database);
        try (var proxy = new FaultProxy(server.host(), server.port());
                var raw = new RawRedis(redis.uri());
                var reader = Running.start(
                        role,
                        redis.uri(),
                        Map.of(
                                "FRESHET_JDBC_URL",
                                "jdbc:postgresql://" + proxy.address() + "/" + database.name()
                                        + "?prepareThreshold=0"))) {
            int statements = 0;
            for (int nth = 1; nth < MOST && statements == 0; nth++) {
                var name = "n" + nth;
                database.execute("update freshet.task_context set name = '" + name + "' where id = 111");
                raw.redis.flushall();
                raw.promise("ctx", RedisView.contract(database));
                var fault = proxy.failAt(moment, ErrorPathsTest::isStatement, nth, () -> {});
                var first = reader.get("u1", PATH);
                if (!fault.struck()) {
                    fault.over();
                    statements = nth - 1;
                }
                assertThat(first.status()).as("%s %s", moment, nth).isIn(200, 503);
                if (first.status() == 200) {
                    assertThat(first.json().path("name").asText()).isEqualTo(name);
                }
                await().atMost(PATIENCE)
                        .until(() -> "hit".equals(reader.get("u1", PATH).cache()));
                assertThat(reader.get("u1", PATH).json().path("name").asText())
                        .as("%s %s", moment, nth)
                        .isEqualTo(name);
            }
            assertThat(statements).isPositive();
        }
    }

    /** Parse, or a simple query. */
    private static boolean isStatement(String request) {
        return request.startsWith("P") || request.startsWith("Q");
    }
}
