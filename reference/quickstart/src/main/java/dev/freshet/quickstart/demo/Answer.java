// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * The response of a service.
 *
 * @param body the parsed body; a missing node if there was none
 * @param cache the header {@code Freshet-Cache}; empty if absent
 * @param took the time from sending the request to receiving the whole response
 */
public record Answer(JsonNode body, String cache, Duration took) {

    public long id() {
        return body.path("id").asLong();
    }

    public JsonNode document() {
        return body.path("document");
    }
}
