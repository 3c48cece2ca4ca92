// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import static dev.freshet.devservices.junit.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.devservices.RedisServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.junit.WithPostgres;
import dev.freshet.devservices.junit.WithRedis;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@WithPostgres(template = MigratedDatabase.class)
@WithRedis
class ReaderMainTest {
    @Test
    void saysWhereItListensAndStopsWhenTold(TestDatabase database, RedisServer redis) throws Exception {
        var process = start(Running.environment(MigratedDatabase.asReader(database), redis.uri())
                .variables());
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var line = out.readLine();
            assertThat(line).matches("freshet reader listening on http://127\\.0\\.0\\.1:\\d+");
            var live = HttpRequest.newBuilder(URI.create(line.substring(line.indexOf("http")) + "/livez"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(live, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            // Unlike Process.destroy this leaves the streams open.
            process.toHandle().destroy();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void namesWhatIsMissing(TestDatabase database) throws Exception {
        var process = start(Map.of("FRESHET_JDBC_URL", database.jdbcUrl(), "FRESHET_REDIS_URL", "redis://127.0.0.1:1"));
        try {
            var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(errors.strip())
                    .isEqualTo(
                            "FRESHET_JWT_SECRET (or FRESHET_JWT_SECRET_FILE) is not set; expected a secret of at least 32 bytes");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Map<String, String> variables) throws Exception {
        var java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        var builder = new ProcessBuilder(List.of(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ReaderMain.class.getName()));
        builder.environment().keySet().removeIf(name -> name.startsWith("FRESHET_"));
        builder.environment().putAll(variables);
        if (variables.containsKey("FRESHET_JWT_SECRET")) {
            builder.redirectError(Redirect.INHERIT);
        }
        return builder.start();
    }
}
