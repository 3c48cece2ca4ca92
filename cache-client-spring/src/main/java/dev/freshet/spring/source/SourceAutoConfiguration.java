// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.source;

import dev.freshet.spring.FreshetSetupException;
import dev.freshet.spring.PositionSource;
import dev.freshet.spring.load.LoadSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The only, or the primary, DataSource of the application and its transaction manager. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnClass(DataSourceUtils.class)
@ConditionalOnBean(DataSource.class)
@ConditionalOnProperty(name = "freshet.enabled", matchIfMissing = true)
public final class SourceAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(PositionSource.class)
    PositionSource freshetPositionSource(ObjectProvider<DataSource> dataSources) {
        return new Database(only(dataSources, DataSource.class));
    }

    @Bean
    @ConditionalOnMissingBean
    LoadSource freshetLoadSource(
            ListableBeanFactory beans,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<PlatformTransactionManager> transactions) {
        if (beans.getBeanNamesForType(PlatformTransactionManager.class).length == 0) {
            return LoadSource.UNKNOWN;
        }
        return new SnapshotLoads(
                only(transactions, PlatformTransactionManager.class),
                new Database(only(dataSources, DataSource.class)));
    }

    /** For all transaction managers, those of the application's own making as well. */
    @Bean
    static BeanPostProcessor freshetCommitListeners() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof ConfigurableTransactionManager manager) {
                    manager.addListener(new CommitListener());
                }
                return bean;
            }
        };
    }

    private static <T> T only(ObjectProvider<T> beans, Class<T> type) {
        return Optional.ofNullable(beans.getIfUnique())
                .orElseThrow(() -> new FreshetSetupException(
                        "The application has several beans of " + type.getName()
                                + ", and none is the primary one: nobody knows"
                                + " which database @Cacheable methods read.",
                        "Mark the one of the invalidator's database with @Primary."));
    }
}
