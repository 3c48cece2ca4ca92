// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How large a request's body may be on a route, in bytes as sent. Given with the route, as {@link Access} is; without it,
 * {@link #DEFAULT} holds.
 */
public record BodyLimit(long bytes) implements RouteRole {
    /** A document of 1 MiB, and what comes with it. */
    public static final BodyLimit DEFAULT = new BodyLimit((1 << 20) + (64 << 10));

    /** No route takes more: an unkind body needs some twenty times its size once it is a tree. */
    public static final long LARGEST = 8 << 20;

    /** What is read and thrown away of a body that is too large, so that its sender gets to see the answer. */
    private static final long DRAINED = 64 << 20;

    public BodyLimit {
        if (bytes < 1 || bytes > LARGEST) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes; expected 1 to " + LARGEST);
        }
    }

    static BodyLimit of(Context request) {
        return request.routeRoles().stream()
                .filter(BodyLimit.class::isInstance)
                .map(BodyLimit.class::cast)
                .findFirst()
                .orElse(DEFAULT);
    }

    /** Refuses what says by itself that it is too large. */
    static void check(Context request) {
        if (request.req().getContentLengthLong() > of(request).bytes) {
            throw ApiException.tooLarge(of(request).bytes);
        }
    }

    /**
     * The body of a request.
     *
     * @throws ApiException 413 if it is larger than the route takes
     */
    public static byte[] read(Context request) {
        check(request);
        var body = request.bodyAsBytes();
        if (body.length > of(request).bytes) {
            throw ApiException.tooLarge(of(request).bytes);
        }
        return body;
    }

    /** Most clients read no answer before they have sent all, and fail if the connection is closed meanwhile. */
    static void drain(Context request) {
        if (request.header("Expect") != null) {
            // It waits for us, and has sent nothing yet.
            return;
        }
        var buffer = new byte[16 << 10];
        try {
            var in = request.req().getInputStream();
            int read = 0;
            for (long left = DRAINED; left > 0 && read >= 0; left -= read) {
                read = in.read(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }
}
