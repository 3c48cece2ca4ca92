// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.source;

import dev.freshet.spring.FreshetSessions;
import dev.freshet.spring.PositionSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Sessions, which a service needs that only writes: without a cache, and without Redis. */
@AutoConfiguration(after = SourceAutoConfiguration.class)
@ConditionalOnProperty(name = "freshet.enabled", matchIfMissing = true)
public final class SessionAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    FreshetSessions freshetSessions(ObjectProvider<PositionSource> source) {
        return new FreshetSessions(source.getIfUnique(() -> Optional::empty));
    }
}
