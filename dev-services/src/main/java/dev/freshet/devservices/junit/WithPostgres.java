// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import dev.freshet.devservices.DatabaseTemplate;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class uses PostgreSQL. Constructors, tests and lifecycle methods may then have parameters of type {@link
 * dev.freshet.devservices.PostgresServer} (one for all classes of the JVM: do not stop it; start your own for that) and
 * {@link dev.freshet.devservices.TestDatabase} (fresh for each class, dropped after it).
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DevServicesExtension.class)
public @interface WithPostgres {

    /** What the class's database is a copy of; prepared once per JVM. */
    Class<? extends DatabaseTemplate> template() default DatabaseTemplate.Empty.class;
}
