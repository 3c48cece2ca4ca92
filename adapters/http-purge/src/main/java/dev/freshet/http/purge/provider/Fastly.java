// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Fastly: {@code POST /service/ID/purge}, and {@code /purge_all}. */
final class Fastly implements Provider {
    private final Endpoint service;

    Fastly(Endpoint service) {
        this.service = service;
    }

    @Override
    public HttpRequest request(Purge purge) {
        HttpRequest.Builder request = service.to(purge.isEverything() ? "/purge_all" : "/purge")
                .header("Fastly-Key", service.secret())
                .header("Accept", "application/json");
        return purge.isEverything()
                ? request.POST(BodyPublishers.noBody()).build()
                : request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"surrogate_keys\":" + JsonText.array(purge.keys()) + "}"))
                        .build();
    }
}
