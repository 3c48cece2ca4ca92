// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.actuate;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/freshet}: which methods are cached as what, and how reads were answered. */
@Endpoint(id = "freshet")
public final class FreshetEndpoint {
    private final FreshetReport report;

    public FreshetEndpoint(FreshetReport report) {
        this.report = report;
    }

    @ReadOperation
    public Map<String, Object> freshet() {
        return report.all();
    }
}
