// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.http.purge.HttpPurgeSettings;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("memory")
class HttpPurgeOptionsTest {
    private static final String TOKEN = "FRESHET_HTTP_PURGE_TOKEN";
    private static final String FASTLY = "--http-purge-kind=fastly";
    private static final String SERVICE = "--http-purge-url=https://api.fastly.com/service/abc";

    @TempDir
    Path folder;

    @Test
    void withoutAUrlNothingIsPurged() {
        assertThat(settings(Map.of())).isEmpty();
    }

    @Test
    void theTokenIsReadFromTheEnvironmentOrAFile() throws Exception {
        assertThat(settings(Map.of(TOKEN, "hunter2"), FASTLY, SERVICE)).hasValueSatisfying(found -> {
            assertThat(found.endpoint().kind()).isEqualTo(PurgeKind.FASTLY);
            assertThat(found.perMinute()).isEqualTo(600);
            assertThat(found.toString()).contains("https://api.fastly.com").doesNotContain("hunter2", "abc");
        });
        Path file = Files.writeString(folder.resolve("token"), "hunter2\n");
        assertThat(settings(Map.of(TOKEN + "_FILE", file.toString()), FASTLY, SERVICE, "--http-purge-rate=5"))
                .hasValueSatisfying(found -> assertThat(found.perMinute()).isEqualTo(5));
    }

    @Test
    void varnishNeedsNoToken() {
        assertThat(settings(Map.of(), "--http-purge-kind=varnish", "--http-purge-url=http://varnish"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "fastly, https://api.fastly.com/service/abc, an API token of Fastly",
        "cloudflare, https://api.cloudflare.com/client/v4/zones/abc, an API token of Cloudflare",
        "webhook, https://example.com/hook, whsec_$(openssl rand -base64 32)"
    })
    void aTokenThatIsMissingOrOfAnotherFormIsRefusedAndNotShown(String kind, String url, String expected) {
        String[] options = {"--http-purge-kind=" + kind, "--http-purge-url=" + url};
        assertThatThrownBy(() -> settings(Map.of(), options))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(TOKEN + " (or " + TOKEN + "_FILE) is not set; expected ")
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> settings(Map.of(TOKEN, "hunter2 hunter2"), options))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(TOKEN + " has the wrong form; expected ")
                .hasMessageContaining(expected)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aTokenWithoutAUrlIsAMistake() {
        assertThatThrownBy(() -> settings(Map.of(TOKEN, "hunter2")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("FRESHET_HTTP_PURGE_URL is not set; expected the URL of the HTTP cache, as " + TOKEN
                        + " is set");
    }

    @Test
    void aUrlThatCannotBeUsedIsNotShown() {
        assertThatThrownBy(() ->
                        settings(Map.of(), "--http-purge-kind=varnish", "--http-purge-url=http://u:hunter2@varnish"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("FRESHET_HTTP_PURGE_URL: the URL has a user or a password")
                .hasMessageNotContaining("hunter2");
    }

    private static Optional<HttpPurgeSettings> settings(Map<String, String> variables, String... options) {
        var parsed = new HttpPurgeOptions();
        new CommandLine(parsed).parseArgs(options);
        return parsed.settings(new Environment(variables));
    }
}
