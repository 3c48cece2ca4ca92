// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointTest {
    private static final String TOKEN = "s3cret-t0ken";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FASTLY     | not a url hunter2                       | is no URL
            FASTLY     | api.fastly.com/service/hunter2          | does not begin with http:// or https://
            FASTLY     | ftp://api.fastly.com/service/hunter2    | does not begin with http:// or https://
            FASTLY     | https:///service/hunter2                | has no host
            FASTLY     | https://u:hunter2@host/service/x        | has a user or a password
            FASTLY     | https://api.fastly.com/service/x#hunter2 | has a #
            FASTLY     | http://api.fastly.com/service/hunter2   | begins with http://, which would show the token to the network
            FASTLY     | https://api.fastly.com                  | does not name what is purged
            FASTLY     | https://api.fastly.com/service/x/purge?a=hunter2 | does not name what is purged
            CLOUDFLARE | http://api.cloudflare.com/zones/hunter2 | begins with http://, which would show the token to the network
            CLOUDFLARE | https://api.cloudflare.com/hunter2      | does not name what is purged
            NGINX      | http://nginx/hunter2                    | does not have {key} once
            NGINX      | http://nginx/{key}/{key}?hunter2        | does not have {key} once
            VARNISH    | http://varnish/{key}hunter2             | is no URL
            WEBHOOK    | hunter2                                 | does not begin with http:// or https://
            """)
    void anAddressThatCannotBeUsedIsRefusedAndNotQuoted(PurgeKind kind, String url, String problem) {
        assertThatThrownBy(() -> Endpoint.of(kind, url, () -> TOKEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the URL " + problem)
                .hasMessageEndingWith("; expected one such as " + kind.example() + " for " + kind)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @EnumSource
    void theExampleOfEachKindIsOne(PurgeKind kind) {
        assertThat(Endpoint.of(kind, kind.example(), () -> TOKEN).kind()).isEqualTo(kind);
    }

    @Test
    void isShownWithoutPathAndQuery() {
        assertThat(Endpoint.of(PurgeKind.WEBHOOK, "https://example.com:8443/hook/s3cret?key=s3cret", () -> TOKEN))
                .hasToString("https://example.com:8443");
    }

    @Test
    void aTokenMayGoToThisMachineWithoutTls() {
        assertThat(Endpoint.of(PurgeKind.FASTLY, "http://127.0.0.1:1/service/x/", () -> TOKEN))
                .hasToString("http://127.0.0.1:1");
    }
}
