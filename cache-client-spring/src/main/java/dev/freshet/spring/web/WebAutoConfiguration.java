// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.web;

import dev.freshet.spring.FreshetSessions;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.WebClient;

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

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClient.class)
    static class Outgoing {
        @Bean
        static PositionInterceptor freshetPositionInterceptor() {
            return new PositionInterceptor();
        }

        /** Builders of {@code RestClient} and each {@code RestTemplate} that are beans: in all versions of Boot alike. */
        @Bean
        static BeanPostProcessor freshetRestClients() {
            var interceptor = new PositionInterceptor();
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof RestClient.Builder builder) {
                        builder.requestInterceptor(interceptor);
                    } else if (bean instanceof RestTemplate template
                            && !template.getInterceptors().contains(interceptor)) {
                        template.getInterceptors().add(interceptor);
                    }
                    return bean;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClient.class)
    static class OutgoingReactive {
        @Bean
        static BeanPostProcessor freshetWebClients() {
            var filter = new PositionExchangeFilter();
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof WebClient.Builder builder ? builder.filter(filter) : bean;
                }
            };
        }
    }
}
