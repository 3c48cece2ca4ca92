// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** nginx: {@code PURGE} of one URL for each key, and of the URL with {@code *} for everything. */
final class Nginx implements Provider {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final Endpoint server;

    Nginx(Endpoint server) {
        this.server = server;
    }

    @Override
    public HttpRequest request(Purge purge) {
        String key = purge.isEverything() ? "*" : purge.keys().get(0);
        return server.authorized(server.withKey(key))
                .method("PURGE", BodyPublishers.noBody())
                .build();
    }

    /** Versions of its module for purges answer 404 or 412 for what is not cached. */
    @Override
    public boolean accepts(int status, String body) {
        return Provider.super.accepts(status, body) || status == NOT_FOUND || status == PRECONDITION_FAILED;
    }
}
