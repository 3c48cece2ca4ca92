// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.actuate;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health where Boot 4 has it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
class Boot4Health {
    @Bean
    @ConditionalOnEnabledHealthIndicator("freshet")
    HealthIndicator freshetHealthIndicator(FreshetReport report) {
        return () -> {
            var state = report.state();
            var health = state.problem().isPresent() ? Health.status(new Status(FreshetReport.DEGRADED)) : Health.up();
            return health.withDetails(state.details()).build();
        };
    }
}
