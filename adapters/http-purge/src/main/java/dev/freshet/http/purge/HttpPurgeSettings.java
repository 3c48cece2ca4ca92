// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.http.purge;

import dev.freshet.http.purge.provider.Endpoint;
import java.util.Objects;

/**
 * Which HTTP cache is purged, and how often.
 *
 * @param perMinute most requests a minute; 0 for no limit
 */
public record HttpPurgeSettings(Endpoint endpoint, int perMinute) {
    public HttpPurgeSettings {
        Objects.requireNonNull(endpoint, "endpoint");
        if (perMinute < 0) {
            throw new IllegalArgumentException(perMinute + " requests a minute; expected 0 or more");
        }
    }
}
