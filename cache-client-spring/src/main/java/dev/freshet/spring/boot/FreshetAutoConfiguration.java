// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.boot;

import dev.freshet.cache.Consistency;
import dev.freshet.cache.FreshetCache;
import dev.freshet.spring.CodecFactory;
import dev.freshet.spring.ConsistencyText;
import dev.freshet.spring.FreshetSetupException;
import dev.freshet.spring.load.LoadSource;
import dev.freshet.spring.method.CacheSettings;
import dev.freshet.spring.method.MappingRules;
import dev.freshet.spring.method.MethodReading;
import dev.freshet.spring.read.Bypasses;
import dev.freshet.spring.read.CachedMethods;
import dev.freshet.spring.read.Caches;
import dev.freshet.spring.read.CachingPostProcessor;
import dev.freshet.spring.read.Reader;
import dev.freshet.views.MappedViews;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/**
 * Freshet caches for {@code @Cacheable}. They are the application's caches unless {@code spring.cache.type} names others: then
 * {@code @Cacheable(cacheManager = "freshetCacheManager")} reads through Freshet. With {@code none} there is no cache at all.
 */
@AutoConfiguration(
        after = dev.freshet.spring.source.SourceAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration",
            "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration"
        },
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(CacheManager.class)
@ConditionalOnProperty(name = "freshet.enabled", matchIfMissing = true)
@ConditionalOnCaching
@EnableConfigurationProperties(FreshetProperties.class)
public final class FreshetAutoConfiguration {
    @Bean
    static CachingPostProcessor freshetCachingPostProcessor() {
        return new CachingPostProcessor();
    }

    @Bean
    @ConditionalOnMissingBean
    MappingRules freshetMappingRules(FreshetProperties properties) {
        return mapping(properties).map(MappingRules::of).orElse(MappingRules.NONE);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    FreshetCache freshetCache(
            FreshetProperties properties, Environment environment, ObjectProvider<MeterRegistry> meters) {
        var namespace = Optional.ofNullable(properties.namespace())
                .or(() -> mapping(properties).map(MappedViews::namespace))
                .orElseThrow(() -> new FreshetSetupException(
                        "Nothing says in which namespace the invalidator evicts.",
                        "Set freshet.mapping to its mapping, such as classpath:mapping.yaml, or freshet.namespace to the"
                                + " namespace that stands there."));
        return new CacheFactory(properties, environment).build(namespace, meters.getIfUnique());
    }

    @Bean
    @ConditionalOnMissingBean
    CodecFactory freshetCodecs() {
        return new JacksonCodecs();
    }

    @Bean
    CachedMethods freshetCachedMethods(
            ConfigurableListableBeanFactory beans,
            FreshetProperties properties,
            MappingRules mapping,
            CodecFactory codecs,
            @Qualifier(CachesAutoConfiguration.MANAGER) Caches caches) {
        var settings = new HashMap<String, CacheSettings>();
        properties
                .caches()
                .forEach((name, one) -> settings.put(
                        name,
                        new CacheSettings(
                                one.entity(), one.listOf(), one.id(), one.owner(), one.consistency(), one.format())));
        return new CachedMethods(beans, new MethodReading(settings, mapping, codecs), caches);
    }

    @Bean
    Reader freshetReader(
            FreshetCache cache,
            FreshetProperties properties,
            ObjectProvider<LoadSource> source,
            ObjectProvider<MeterRegistry> meters) {
        var registry = Optional.ofNullable(meters.getIfUnique()).orElseGet(CompositeMeterRegistry::new);
        return new Reader(
                cache, source.getIfUnique(() -> LoadSource.UNKNOWN), usual(properties), new Bypasses(registry));
    }

    private static Consistency usual(FreshetProperties properties) {
        try {
            var level = ConsistencyText.parse(properties.consistency());
            if (level instanceof Consistency.Session) {
                throw new IllegalArgumentException(
                        "level session needs a position, which a request or a write tells; expected"
                                + " eventual, bounded or strong");
            }
            return level;
        } catch (IllegalArgumentException e) {
            throw new FreshetSetupException(
                    "A property is wrong, at freshet.consistency: " + e.getMessage() + ".",
                    "Change it as the message says.",
                    e);
        }
    }

    private static Optional<MappedViews> mapping(FreshetProperties properties) {
        Resource file = properties.mapping();
        if (file == null) {
            return Optional.empty();
        }
        try (var yaml = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            return Optional.of(MappedViews.read(file.getDescription(), yaml));
        } catch (IOException e) {
            throw new FreshetSetupException(
                    "freshet.mapping cannot be read: " + e.getMessage() + ".",
                    "Set it to the invalidator's mapping, such as classpath:mapping.yaml or file:/etc/freshet/mapping.yaml.",
                    e);
        } catch (RuntimeException e) {
            throw new FreshetSetupException(
                    "freshet.mapping is not a valid mapping: " + e.getMessage(),
                    "Correct it at the places that are named.",
                    e);
        }
    }
}
