// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.support.config.postgres.JdbcSettings;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No suitable driver found for postgres://app:s3cret@db/app",
                "Illegal character in authority at index 8: redis://app:s3/cret@redis",
                "redis-sentinel://:s3cret@a,b#m",
                "jdbc:postgresql:app:s3cret@db",
                "app:s3cret@db",
                "Unable to parse URL jdbc:postgresql://db/app?user=a&password=s3cret",
                "{user=app, password=s3cret}",
                "{\"password\":\"s3cret\"}",
                "{\\\"password\\\":\\\"s3cret\\\"}",
                "FRESHET_REDIS_PASSWORD=s3cret",
                "sslpassword=s3cret",
                "token=s3cret",
                "redis://app:s3\\\"cret@redis"
            })
    void hidesSecrets(String text) {
        assertThat(Redaction.of(text)).doesNotContain("cret").contains(Redaction.HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection to db:5432 refused. Check that the hostname and port are correct",
                "FATAL: password authentication failed for user \"app\"",
                "FRESHET_JDBC_PASSWORD is not set; expected a password",
                "waiting for Redis at redis://redis:6379: Connection refused",
                "a Secret, a token: none of them is a setting",
                "{\"message\":\"it works\",\"at\":\"12:00\"}"
            })
    void leavesOtherTextAlone(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void aLineOfJsonStaysOne() {
        assertThat(Redaction.of("{\"a\":\"redis://x:y@z\",\"b\":\"c\"}"))
                .isEqualTo("{\"a\":\"redis://(hidden)@z\",\"b\":\"c\"}");
    }

    @Test
    void passwordsReachTheDriverBesideTheUrl() {
        var settings = new JdbcSettings(
                "jdbc:postgresql://db/app?user=a&password=p%26%25+%2B&sslmode=require&sslpassword=q", new Properties());
        assertThat(settings.url()).isEqualTo("jdbc:postgresql://db/app?user=a&sslmode=require");
        assertThat(settings.properties())
                .containsEntry("password", "p&% +")
                .containsEntry("sslpassword", "q")
                .hasSize(2);
    }

    @Test
    void thePasswordOfTheUrlComesFirst() {
        var other = new Properties();
        other.setProperty("password", "other");
        assertThat(new JdbcSettings("jdbc:postgresql://db/app?password=p", other).properties())
                .containsEntry("password", "p");
    }
}
