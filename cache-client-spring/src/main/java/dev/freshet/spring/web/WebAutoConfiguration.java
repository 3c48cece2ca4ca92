// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import dev.freshet.spring.FreshetSessions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/** Carries positions in and out of the application. */
@AutoConfiguration(afterName = "dev.freshet.spring.source.SessionAutoConfiguration")
@ConditionalOnBean(FreshetSessions.class)
@ConditionalOnProperty(name = "freshet.http.enabled", matchIfMissing = true)
public final class WebAutoConfiguration {
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(OncePerRequestFilter.class)
    static class Incoming {
        @Bean
        SessionFilter freshetSessionFilter(FreshetSessions sessions) {
            return new SessionFilter(sessions);
        }
    }

    /** For clients of the application's own services. Other clients carry no position. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpRequestInterceptor.class)
    static class Outgoing {
        @Bean
        PositionInterceptor freshetPositionInterceptor() {
            return new PositionInterceptor();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ExchangeFilterFunction.class)
    static class OutgoingReactive {
        @Bean
        PositionExchangeFilter freshetPositionExchangeFilter() {
            return new PositionExchangeFilter();
        }
    }
}
