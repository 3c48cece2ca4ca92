// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class uses PostgreSQL. Constructors, tests and lifecycle methods may have parameters of type
 * {@link dev.freshet.devservices.PostgresServer} (shared by all classes of the JVM: do not stop it, but start your own
 * for that) and {@link dev.freshet.devservices.TestDatabase} (new for each class, dropped after it).
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DevServicesExtension.class)
public @interface WithPostgres {

    /** The template that the class's database is copied from; prepared once per JVM. */
    Class<? extends DatabaseTemplate> template() default DatabaseTemplate.Empty.class;
}
