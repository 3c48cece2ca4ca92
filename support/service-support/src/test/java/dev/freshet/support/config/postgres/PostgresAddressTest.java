// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.support.config.ConfigException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "//db/app | db:5432 | app",
                "//db:5433/app | db:5433 | app",
                "//a:1,b:2,c/app | a:1 b:2 c:5432 | app",
                "//[::1]:5433/app | [::1]:5433 | app",
                "//[::1],[fe80::1%eth0]:7/app | [::1]:5432 [fe80::1%eth0]:7 | app",
                "//db/my%20app%2F1 | db:5432 | my app/1",
                "//db/app?PGHOST=other&PGPORT=7 | other:7 | app",
                "app | localhost:5432 | app",
                "//a,b/app?targetServerType=primary | a:5432 b:5432 | app"
            })
    void whatTheDriverUnderstandsIsRead(String url, String servers, String database) {
        var settings = settings(url);
        assertThat(settings.servers()).map(PostgresHost::toString).containsExactly(servers.split(" "));
        assertThat(PostgresAddress.of(settings.url(), new Properties()).database())
                .isEqualTo(database);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "//db | names no database",
                "//db:5432 | names no database",
                "//db:5432/ | names no database",
                "//db/?user=s3cret | names no database",
                "//db/app/ | has a / after the database",
                "//db/app/public | has a / after the database",
                "/db/app | single /",
                "///app | Unix socket",
                "//%2Fvar%2Frun%2Fpostgresql/app | Unix socket",
                "//s3cret:s3cret@db/app | has an @",
                "//db:s3cret/app | port",
                "//db:0/app | invalid port",
                "//db:65536/app | invalid port",
                "//a:1,b:x/app | invalid port",
                "//a b/app | neither host nor host:port",
                "//::1/app | neither host nor host:port",
                "//db/%zz | cannot be read",
                "//db/app?service=nowhere | service",
                "//a,b/app?targetServerType=secondary | targetServerType=secondary",
                "//a/app?targetServerType=preferSecondary | targetServerType=preferSecondary",
                "//a,b/app?targetServerType=any | targetServerType=any"
            })
    void whatCannotBeUsedIsRefusedWithTheReason(String url, String why) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_JDBC_URL")
                .hasMessageContaining("expected")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void anotherSchemeIsRefusedWithTheRightOne() {
        for (var url : new String[] {"postgres://u:s3cret@db/app", "JDBC:POSTGRESQL://db/app", "postgresql://db/app"}) {
            assertThatThrownBy(() -> new JdbcSettings(url, new Properties()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("jdbc:postgresql://host:port/database")
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void oneOfSeveralServersIsReachedWithTheSameParameters() {
        var properties = new Properties();
        properties.setProperty("user", "ann");
        var settings = new JdbcSettings(
                "jdbc:postgresql://a:1,[::2]:2/my%20app%25?sslmode=require&password=s3cret&targetServerType=primary",
                properties);

        var second = settings.at(settings.servers().get(1));

        assertThat(second.url()).isEqualTo("jdbc:postgresql://[::2]:2/my%20app%25");
        assertThat(second.servers()).hasSize(1);
        assertThat(second.properties())
                .containsEntry("user", "ann")
                .containsEntry("password", "s3cret")
                .containsEntry("sslmode", "require")
                .doesNotContainKey("targetServerType");
    }

    @Test
    void whoOpensConnectionsToSeveralServersGetsThePrimary() {
        assertThat(settings("//a,b/app").properties()).containsEntry("targetServerType", "primary");
        assertThat(settings("//a/app").properties()).doesNotContainKey("targetServerType");
    }

    private static JdbcSettings settings(String rest) {
        return new JdbcSettings("jdbc:postgresql:" + rest, new Properties());
    }
}
