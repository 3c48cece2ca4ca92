// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.http.request;

import dev.freshet.support.http.auth.Access;
import dev.freshet.support.http.problem.ApiException;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Maximum size of the request body on a route, in bytes as sent. Given with the route, like {@link Access}. Otherwise
 * {@link #DEFAULT} applies.
 */
public record BodyLimit(long bytes) implements RouteRole {
    /** A document of 1 MiB, plus 64 KiB for the rest of the request. */
    public static final BodyLimit DEFAULT = new BodyLimit((1 << 20) + (64 << 10));

    /** The maximum for any route: a hostile body takes some twenty times its size as a tree in memory. */
    public static final long LARGEST = 8 << 20;

    /** How much of an oversized body is read and discarded, so that the client sees the response. In bytes. */
    private static final long DRAINED = 64 << 20;

    public BodyLimit {
        if (bytes < 1 || bytes > LARGEST) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes; expected 1 to " + LARGEST);
        }
    }

    /** The limit of the route of a request. */
    public static BodyLimit of(Context request) {
        return request.routeRoles().stream()
                .filter(BodyLimit.class::isInstance)
                .map(BodyLimit.class::cast)
                .findFirst()
                .orElse(DEFAULT);
    }

    /** Rejects a request whose Content-Length exceeds the limit. */
    public static void check(Context request) {
        if (request.req().getContentLengthLong() > of(request).bytes) {
            throw ApiException.tooLarge(of(request).bytes);
        }
    }

    /**
     * The body of a request.
     *
     * @throws ApiException 413 if it exceeds the limit of the route
     */
    public static byte[] read(Context request) {
        check(request);
        var body = request.bodyAsBytes();
        if (body.length > of(request).bytes) {
            throw ApiException.tooLarge(of(request).bytes);
        }
        return body;
    }

    /**
     * Most clients read the response only after they have sent the whole body, and fail if the connection is closed
     * before.
     */
    public static void drain(Context request) {
        if (request.header("Expect") != null) {
            // The client waits for our response before it sends the body.
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
