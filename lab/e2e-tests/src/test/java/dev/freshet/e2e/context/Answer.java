// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.protocol.Lsn;
import java.net.http.HttpHeaders;

/**
 * The answer of a service.
 *
 * @param request the request, for failure messages
 * @param body as JSON; a missing node if there was none
 */
public record Answer(String request, int status, HttpHeaders headers, JsonNode body) {

    /** This answer, if it has the status. */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError(request + " answered " + status + " instead of " + expected + ": " + body);
        }
        return this;
    }

    /** The header, or "" if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The cache status, such as {@code hit}. */
    public String cache() {
        return header("Freshet-Cache");
    }

    /** A WAL position at or past the commit of a write. */
    public Lsn position() {
        return Lsn.parse(header("Freshet-Position").replaceFirst("@.*", ""));
    }

    /** The version in the ETag. */
    public long version() {
        return Long.parseLong(header("ETag").replace("\"", ""));
    }

    public long id() {
        return body.path("id").asLong();
    }
}
