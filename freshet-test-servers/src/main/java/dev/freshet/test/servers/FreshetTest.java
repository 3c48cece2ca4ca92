// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.test.servers;

import dev.freshet.devservices.junit.DatabaseTemplate;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class uses PostgreSQL, Redis and the real invalidator. Constructors, tests and lifecycle methods may have
 * parameters of type {@link FreshetServers}, {@link javax.sql.DataSource}, {@link dev.freshet.cache.FreshetCache} (the
 * same for the whole class) and {@link dev.freshet.cache.FreshetCacheBuilder} (a new one each time).
 *
 * <p>PostgreSQL is started once per JVM. A class with its nested classes has a database, a Redis and an invalidator of
 * its own, which are gone after it. They run in containers if a Docker engine answers, else as processes of this
 * machine.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(FreshetExtension.class)
public @interface FreshetTest {
    /** The mapping file; relative to the working directory, which usually is that of the module. */
    String mapping();

    /** Files of SQL, run in this order before the invalidator starts: the tables have to be there then. */
    String[] schema() default {};

    /** Makes the tables instead, e.g. by running migrations; before {@link #schema}. */
    Class<? extends DatabaseTemplate> prepare() default DatabaseTemplate.Empty.class;
}
