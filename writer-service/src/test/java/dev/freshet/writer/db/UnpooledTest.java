// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.fault.StubServer;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class UnpooledTest {
    @Test
    void whatTheUrlSaysCounts() {
        var told = new Unpooled(
                new JdbcSettings("jdbc:postgresql://a,b/x?connectTimeout=77&loginTimeout=99", new Properties()));
        assertThat(told.getConnectTimeout()).isEqualTo(77);
        assertThat(told.getLoginTimeout()).isEqualTo(99);
        var silent = new Unpooled(new JdbcSettings("jdbc:postgresql://a,b/x", new Properties()));
        assertThat(silent.getConnectTimeout()).isEqualTo(10);
        assertThat(silent.getLoginTimeout()).isEqualTo(30);
        assertThat(silent.getTargetServerType()).isEqualTo("primary");
    }

    @Test
    void ofSeveralServersNoneIsBlamed() throws Exception {
        try (var first = new StubServer("");
                var second = new StubServer("")) {
            String one = "localhost:" + first.port();
            assertThatThrownBy(() -> connect(one))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(one);
            assertThatThrownBy(() -> connect(one + ",localhost:" + second.port()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining(one);
        }
    }

    private static void connect(String servers) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "u");
        properties.setProperty("password", "p");
        new Unpooled(new JdbcSettings("jdbc:postgresql://" + servers + "/x", properties))
                .getConnection()
                .close();
    }
}
