// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.devservices.fault.HttpStub;
import dev.freshet.devservices.fault.HttpStub.Asked;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches a server of each kind. */
class ProviderTest {
    private static final Purge KEYS = Purge.of(List.of("item:1", "item:\"2\\"));
    private static final Purge EVERYTHING = Purge.of(List.of());
    private static final String TOKEN = "t0ken";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private HttpStub server;

    @BeforeEach
    void start() throws IOException {
        server = new HttpStub();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fastlyTakesKeysInTheBody() throws Exception {
        Endpoint service = Endpoint.of(PurgeKind.FASTLY, server.url() + "/service/abc", () -> TOKEN);
        Asked keys = asked(service.provider(), KEYS);
        assertThat(keys.method()).isEqualTo("POST");
        assertThat(keys.target()).isEqualTo("/service/abc/purge");
        assertThat(keys.header("Fastly-Key")).isEqualTo(TOKEN);
        assertThat(keys.header("Content-Type")).isEqualTo("application/json");
        assertThat(keys.body()).isEqualTo("{\"surrogate_keys\":[\"item:1\",\"item:\\\"2\\\\\"]}");

        Asked all = asked(service.provider(), EVERYTHING);
        assertThat(all.method()).isEqualTo("POST");
        assertThat(all.target()).isEqualTo("/service/abc/purge_all");
        assertThat(all.header("Fastly-Key")).isEqualTo(TOKEN);
        assertThat(all.body()).isEmpty();
    }

    @Test
    void cloudflareTakesTags() throws Exception {
        Endpoint zone = Endpoint.of(PurgeKind.CLOUDFLARE, server.url() + "/client/v4/zones/abc/", () -> TOKEN);
        Asked keys = asked(zone.provider(), KEYS);
        assertThat(keys.method()).isEqualTo("POST");
        assertThat(keys.target()).isEqualTo("/client/v4/zones/abc/purge_cache");
        assertThat(keys.header("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(keys.body()).isEqualTo("{\"tags\":[\"item:1\",\"item:\\\"2\\\\\"]}");
        assertThat(asked(zone.provider(), EVERYTHING).body()).isEqualTo("{\"purge_everything\":true}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"success":true,"errors":[]}    | true
            200 | {"errors":[], "success" : true} | true
            200 | {"success":false}               | false
            200 | ''                              | false
            400 | {"success":true}                | false
            """)
    void cloudflareSaysInTheBodyWhetherItSucceeded(int status, String body, boolean accepted) {
        Endpoint zone = Endpoint.of(PurgeKind.CLOUDFLARE, server.url() + "/zones/abc", () -> TOKEN);
        assertThat(zone.provider().accepts(status, body)).isEqualTo(accepted);
    }

    @Test
    void varnishTakesKeysInAHeader() throws Exception {
        Endpoint varnish = Endpoint.of(PurgeKind.VARNISH, server.url(), null);
        Asked keys = asked(varnish.provider(), KEYS);
        assertThat(keys.method()).isEqualTo("PURGE");
        assertThat(keys.target()).isEqualTo("/");
        assertThat(keys.header("xkey")).isEqualTo("item:1 item:\"2\\");
        assertThat(keys.header("Authorization")).isNull();

        Asked all =
                asked(Endpoint.of(PurgeKind.VARNISH, server.url(), () -> TOKEN).provider(), EVERYTHING);
        assertThat(all.method()).isEqualTo("BAN");
        assertThat(all.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void nginxTakesAUrlForEachKey() throws Exception {
        Provider nginx = Endpoint.of(PurgeKind.NGINX, server.url() + "/purge/{key}", null)
                .provider();
        Asked key = asked(nginx, Purge.of(List.of(PurgeKind.NGINX.keyOf("item:a b*"))));
        assertThat(key.method()).isEqualTo("PURGE");
        assertThat(key.target()).isEqualTo("/purge/item:a%20b%2A");
        assertThat(asked(nginx, EVERYTHING).target()).isEqualTo("/purge/*");
        assertThat(PurgeKind.NGINX.mostKeys()).isEqualTo(1);
        // Not cached is as good as purged.
        assertThat(nginx.accepts(404, "")).isTrue();
        assertThat(nginx.accepts(412, "")).isTrue();
        assertThat(nginx.accepts(403, "")).isFalse();
    }

    @Test
    void aWebhookIsSignedAnewForEachAttemptAndKeepsItsId() throws Exception {
        Endpoint receiver = Endpoint.of(PurgeKind.WEBHOOK, server.url() + "/hook?a=b", () -> SECRET);
        Asked first = asked(new Webhook(receiver, at(1_614_265_330)), KEYS);
        Asked second = asked(new Webhook(receiver, at(1_614_265_999)), KEYS);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.target()).isEqualTo("/hook?a=b");
        assertThat(first.body()).isEqualTo("{\"type\":\"purge\",\"keys\":[\"item:1\",\"item:\\\"2\\\\\"]}");
        assertThat(first.header("webhook-id")).isEqualTo(KEYS.id()).isEqualTo(second.header("webhook-id"));
        assertThat(first.header("webhook-timestamp")).isEqualTo("1614265330");
        assertThat(first.header("webhook-signature"))
                .isEqualTo(WebhookSignature.of(SECRET, KEYS.id(), 1_614_265_330, first.body()))
                .isNotEqualTo(second.header("webhook-signature"));
        assertThat(first.header("Authorization")).isNull();
        assertThat(asked(receiver.provider(), EVERYTHING).body()).isEqualTo("{\"type\":\"purge-all\",\"keys\":[]}");
    }

    /** It is read anew for each request, so it can change. */
    @Test
    void aTokenThatGotAnotherFormIsNotSentAndNotQuoted() {
        Provider fastly = Endpoint.of(PurgeKind.FASTLY, server.url() + "/service/abc", () -> "hunter2\r\nX: y")
                .provider();
        assertThatThrownBy(() -> fastly.request(KEYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    private Asked asked(Provider provider, Purge purge) throws Exception {
        HttpClient.newHttpClient().send(provider.request(purge), BodyHandlers.discarding());
        List<Asked> all = server.asked();
        return all.get(all.size() - 1);
    }

    private static Clock at(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }
}
