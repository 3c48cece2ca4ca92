// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What a service answered.
 *
 * @param body parsed; missing if there was none
 * @param cache the header {@code Freshet-Cache}; empty if there was none
 * @param took from sending the request to the whole answer
 */
record Answer(JsonNode body, String cache, Duration took) {

    long id() {
        return body.path("id").asLong();
    }

    long version() {
        return body.path("version").asLong();
    }

    JsonNode document() {
        return body.path("document");
    }
}
