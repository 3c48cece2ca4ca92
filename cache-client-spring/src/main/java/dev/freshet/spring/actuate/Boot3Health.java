// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.actuate;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health where Boot 3 has it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
class Boot3Health {
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
