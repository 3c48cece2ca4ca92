// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.actuate;

import dev.freshet.cache.FreshetCache;
import dev.freshet.spring.boot.FreshetProperties;
import dev.freshet.spring.read.CachedMethods;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Health and the endpoint. */
@AutoConfiguration(afterName = "dev.freshet.spring.boot.FreshetAutoConfiguration")
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean({FreshetCache.class, CachedMethods.class})
@Import({Boot3Health.class, Boot4Health.class})
public final class ActuatorAutoConfiguration {
    @Bean
    FreshetReport freshetReport(
            FreshetCache cache,
            CachedMethods methods,
            FreshetProperties properties,
            ObjectProvider<MeterRegistry> meters) {
        return new FreshetReport(cache, methods, shown(properties), meters.getIfUnique());
    }

    /** Not the address of Redis, which may hold a password. */
    private static Map<String, Object> shown(FreshetProperties properties) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("consistency", properties.consistency());
        settings.put("ttl", properties.ttl().toString());
        settings.put("absentTtl", properties.absentTtl().toString());
        settings.put("maxValueSize", properties.maxValueSize().toString());
        settings.put("commandTimeout", properties.commandTimeout().toString());
        settings.put("maxLoads", properties.maxLoads());
        settings.put("nearSize", properties.near().size().toString());
        settings.put("warmingLoadsPerSecond", properties.warming().loadsPerSecond());
        return settings;
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    FreshetEndpoint freshetEndpoint(FreshetReport report) {
        return new FreshetEndpoint(report);
    }
}
