// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens one connection, to check that a server accepts connections. */
final class PostgresProbe {
    private PostgresProbe() {}

    @SuppressWarnings("try") // opening it is the test
    static boolean answers(String host, int port, String password) {
        var url =
                "jdbc:postgresql://" + host + ":" + port + "/postgres?connectTimeout=1&socketTimeout=2&loginTimeout=2";
        try (var connection = DriverManager.getConnection(url, LocalPostgres.SUPERUSER, password)) {
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }
}
