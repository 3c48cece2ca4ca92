// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge.provider;

import java.net.http.HttpRequest;

/** The purge API of one kind of HTTP cache. Thread-safe. */
public interface Provider {
    /**
     * The request for one attempt to deliver a purge.
     *
     * @throws IllegalArgumentException if the token, which may have changed since the start, has the wrong form
     */
    HttpRequest request(Purge purge);

    /**
     * Whether an answer says that the purge was accepted.
     *
     * @param body the beginning of it
     */
    default boolean accepts(int status, String body) {
        return status >= 200 && status < 300;
    }
}
