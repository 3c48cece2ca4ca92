// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.cache", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsOnlyRedisAndTheProtocol = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "dev.freshet.cache..",
                    "dev.freshet.protocol",
                    "dev.freshet.redis..",
                    "io.lettuce.core..",
                    "com.github.benmanes.caffeine..",
                    "io.micrometer..",
                    "org.slf4j.."));

    @ArchTest
    static final ArchRule lettuceIsNotPartOfThePromise = noClasses()
            .that()
            .arePublic()
            .and()
            .doNotHaveSimpleName("FreshetCacheBuilder")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");
}
