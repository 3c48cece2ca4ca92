// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.http.purge.HttpPurgeSettings;
import dev.freshet.http.purge.provider.Endpoint;
import dev.freshet.http.purge.provider.PurgeKind;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.RotatingSecret;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which HTTP cache is purged beside Redis, if any. A picocli mixin. */
final class HttpPurgeOptions {
    private static final String URL = "FRESHET_HTTP_PURGE_URL";
    private static final String KIND = "FRESHET_HTTP_PURGE_KIND";
    private static final String RATE = "FRESHET_HTTP_PURGE_RATE";
    private static final String TOKEN = "FRESHET_HTTP_PURGE_TOKEN";

    @Option(
            names = "--http-purge-url",
            paramLabel = "URL",
            description = "Purge an HTTP cache as well: the URL of its service, such as"
                    + " https://api.fastly.com/service/SERVICE_ID. If it holds a secret, set the variable instead.")
    private String url;

    @Option(names = "--http-purge-kind", paramLabel = "KIND", description = "What it is: ${COMPLETION-CANDIDATES}.")
    private PurgeKind kind;

    @Option(
            names = "--http-purge-rate",
            paramLabel = "N",
            defaultValue = "600",
            description = "Most requests a minute; 0: no limit. Default: ${DEFAULT-VALUE}.")
    private int perMinute;

    /**
     * Empty if no HTTP cache is named.
     *
     * @throws ConfigException if one is, and something is missing or wrong; the message has no secret
     */
    Optional<HttpPurgeSettings> settings(Environment environment) {
        if (perMinute < 0) {
            throw ConfigException.bad(RATE, Integer.toString(perMinute), "0 or more requests a minute");
        }
        Optional<RotatingSecret> token = environment.rotating(TOKEN);
        if (url == null) {
            if (kind != null || token.isPresent()) {
                throw ConfigException.missing(
                        URL, "the URL of the HTTP cache, as " + (kind != null ? KIND : TOKEN) + " is set");
            }
            return Optional.empty();
        }
        if (kind == null) {
            throw ConfigException.missing(KIND, "one of " + kinds() + ", as " + URL + " is set");
        }
        check(token);
        Supplier<String> secret =
                token.<Supplier<String>>map(each -> () -> each.now().reveal()).orElse(null);
        try {
            return Optional.of(new HttpPurgeSettings(Endpoint.of(kind, url, secret), perMinute));
        } catch (IllegalArgumentException e) {
            throw ConfigException.unusable(URL, e.getMessage());
        }
    }

    private void check(Optional<RotatingSecret> token) {
        if (token.isEmpty() && kind.needsToken()) {
            throw ConfigException.missing(TOKEN + " (or " + TOKEN + "_FILE)", kind.tokenForm());
        }
        token.filter(secret -> !kind.isToken(secret.now().reveal())).ifPresent(wrong -> {
            throw ConfigException.badSecret(TOKEN, "has the wrong form", kind.tokenForm());
        });
    }

    private static String kinds() {
        return Arrays.stream(PurgeKind.values()).map(PurgeKind::toString).collect(Collectors.joining(", "));
    }
}
