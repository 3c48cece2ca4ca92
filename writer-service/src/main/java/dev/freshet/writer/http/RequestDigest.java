// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import dev.freshet.support.http.request.BodyLimit;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest that tells whether two requests are the same. It covers method, path, query, conditions and body. */
final class RequestDigest {
    private RequestDigest() {}

    static byte[] of(Context request) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        for (var part : new String[] {
            request.method().name(),
            request.path(),
            request.queryString(),
            request.header("If-Match"),
            request.header("If-None-Match")
        }) {
            digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return digest.digest(BodyLimit.read(request));
    }
}
