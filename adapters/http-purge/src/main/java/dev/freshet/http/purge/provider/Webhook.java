// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;

/** Any program: {@code POST} of JSON, signed as the specification Standard Webhooks says. */
final class Webhook implements Provider {
    private final Endpoint receiver;
    private final Clock clock;

    Webhook(Endpoint receiver) {
        this(receiver, Clock.systemUTC());
    }

    Webhook(Endpoint receiver, Clock clock) {
        this.receiver = receiver;
        this.clock = clock;
    }

    /** Signed anew for each attempt: receivers refuse old signatures. */
    @Override
    public HttpRequest request(Purge purge) {
        String body = "{\"type\":\"" + (purge.isEverything() ? "purge-all" : "purge") + "\",\"keys\":"
                + JsonText.array(purge.keys()) + "}";
        long now = clock.instant().getEpochSecond();
        return receiver.to("")
                .header("Content-Type", "application/json")
                .header("webhook-id", purge.id())
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", WebhookSignature.of(receiver.secret(), purge.id(), now, body))
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
