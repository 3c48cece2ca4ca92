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
 * The test class uses Redis. Constructors, tests and lifecycle methods may have parameters of type
 * {@link dev.freshet.devservices.RedisServer}, {@link dev.freshet.devservices.RedisSentinel} or
 * {@link dev.freshet.devservices.RedisCluster}. They are shared by all classes of the JVM and have keyspace
 * notifications enabled. Do not stop them or change their settings; start your own for that. They are emptied before
 * each such class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DevServicesExtension.class)
public @interface WithRedis {}
