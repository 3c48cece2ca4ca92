// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import io.javalin.http.Context;

/** Headers that restrict what browsers and shared caches may do with a response. */
final class SecurityHeaders {
    private SecurityHeaders() {}

    static void add(Context answer) {
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("X-Frame-Options", "DENY");
        answer.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        answer.header("Referrer-Policy", "no-referrer");
        answer.header("Cache-Control", "no-store");
    }
}
