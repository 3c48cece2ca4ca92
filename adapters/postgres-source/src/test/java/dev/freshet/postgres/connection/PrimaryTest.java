// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.connection;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.PostgresPair;
import dev.freshet.devservices.PostgresServer;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrimaryTest {
    private final PostgresPair pair = PostgresPair.start();

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void thePrimaryIsFoundWhereverItStandsAndWhateverTheOthersDo() throws Exception {
        String primary = at(pair.primary());
        String standby = at(pair.standby());

        assertThat(found(primary, standby)).isEqualTo(primary);
        assertThat(found(standby, primary)).isEqualTo(primary);
        assertThat(found(dead(), "nowhere.invalid", standby, primary)).isEqualTo(primary);
        // One server with two names is one.
        assertThat(found(primary, "localhost:" + pair.primary().port())).isEqualTo(primary);

        pair.primary().kill();
        assertThatThrownBy(() -> found(primary, standby, "nowhere.invalid"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(primary + " does not answer")
                .hasMessageContaining(standby + " is a standby")
                .hasMessageContaining("nowhere.invalid:5432 is not known by that name");

        pair.promote();
        assertThat(found(primary, standby)).isEqualTo(standby);

        // The old one comes back and knows of nothing.
        pair.primary().resume();
        assertThatThrownBy(() -> found(primary, standby))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("more than one server")
                .hasMessageContaining(primary)
                .hasMessageContaining(standby);
    }

    @Test
    void aStandbyIsNeverConnectedToAndWhoIsRefusedSaysSo() {
        assertThatThrownBy(() ->
                        new PostgresConnections(settings(pair.primary().password(), at(pair.standby()))).open("test"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(at(pair.standby()) + " is a standby");
        assertThatThrownBy(() -> Primary.find(settings("wrong", at(pair.primary()), at(pair.standby()))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(at(pair.primary()) + " refuses: FATAL: password authentication failed");
    }

    private String found(String... servers) throws SQLException {
        return Primary.find(settings(pair.primary().password(), servers))
                .servers()
                .get(0)
                .toString();
    }

    private static JdbcSettings settings(String password, String... servers) {
        var properties = new Properties();
        properties.setProperty("user", PostgresServer.SUPERUSER);
        properties.setProperty("password", password);
        for (String limit : List.of("connectTimeout", "loginTimeout", "socketTimeout")) {
            properties.setProperty(limit, String.valueOf(PATIENCE.toSeconds()));
        }
        return new JdbcSettings(
                "jdbc:postgresql://" + Arrays.stream(servers).collect(Collectors.joining(",")) + "/postgres",
                properties);
    }

    private static String at(PostgresServer server) {
        return server.host() + ":" + server.port();
    }

    private static String dead() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
