// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * Varnish with its module xkey: {@code PURGE} with the keys in the header {@code xkey}, as the module's own example of
 * VCL takes it; and {@code BAN} for everything.
 */
final class Varnish implements Provider {
    private final Endpoint server;

    Varnish(Endpoint server) {
        this.server = server;
    }

    @Override
    public HttpRequest request(Purge purge) {
        HttpRequest.Builder request = server.authorized(server.to(""));
        return purge.isEverything()
                ? request.method("BAN", BodyPublishers.noBody()).build()
                : request.header("xkey", String.join(" ", purge.keys()))
                        .method("PURGE", BodyPublishers.noBody())
                        .build();
    }
}
