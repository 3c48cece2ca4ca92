// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.freshet.devservices.PostgresOptions;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.e2e.process.Repository;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases in {@code src/test/resources/cases}, and in another folder given by {@code -Dfreshet.cases}. Several at a
 * time: each has its own database, Redis and invalidator.
 */
@Execution(ExecutionMode.CONCURRENT)
class FieldCasesTest {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start(options());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    static List<FieldCase> cases() {
        var cases = new ArrayList<>(FieldCase.in(Repository.file("lab/e2e-tests/src/test/resources/cases")));
        var further = System.getProperty("freshet.cases");
        if (further != null) {
            cases.addAll(FieldCase.in(Path.of(further)));
        }
        cases.removeIf(one -> !one.name().contains(System.getProperty("freshet.case", "")));
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void evictsWhatIsStaleAndNothingElse(FieldCase fieldCase) throws SQLException {
        fieldCase.skipped(server.version()).ifPresent(why -> abort(fieldCase + ": " + why));
        if (fieldCase.server().isEmpty()) {
            FieldCaseRun.run(fieldCase, server);
            return;
        }
        var options = options();
        for (var setting : fieldCase.server().entrySet()) {
            options = options.set(setting.getKey(), setting.getValue());
        }
        try (var own = PostgresServer.start(options)) {
            FieldCaseRun.run(fieldCase, own);
        }
    }

    /** Allows prepared transactions. */
    private static PostgresOptions options() {
        return PostgresOptions.defaults().withQuickLogins().set("max_prepared_transactions", "10");
    }
}
