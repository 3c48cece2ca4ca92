// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which packages and libraries each part of Freshet may use. Maven enforces this between modules; this test does so
 * within them, and for libraries.
 */
@AnalyzeClasses(packages = "dev.freshet", importOptions = DoNotIncludeTests.class)
class BoundariesTest {
    private static final String[] JDBC = {"java.sql..", "javax.sql..", "org.jdbi..", "org.postgresql.."};

    @ArchTest
    static final ArchRule packagesMakeNoCircle =
            slices().matching("dev.freshet.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreKnowsTheModelAndTheProtocolAlone = classes()
            .that()
            .resideInAPackage("dev.freshet.core..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.freshet.core..", "dev.freshet.model..", "dev.freshet.protocol..", "org.slf4j..", "java.."));

    @ArchTest
    static final ArchRule theCoreDoesNoIo = noClasses()
            .that()
            .resideInAPackage("dev.freshet.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.nio.file..", "java.nio.channels..", "java.net.http..");

    @ArchTest
    static final ArchRule planningIsPure = noClasses()
            .that()
            .resideInAPackage("dev.freshet.core.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.freshet.core.cache..", "dev.freshet.core.pipeline..", "org.slf4j..");

    @ArchTest
    static final ArchRule onlyItsAdapterKnowsDebezium = noClasses()
            .that()
            .resideOutsideOfPackage("dev.freshet.debezium..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyItsAdaptersKnowRedis = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.freshet.redis..",
                    "dev.freshet.audit.redis..",
                    "dev.freshet.cache..",
                    "dev.freshet.devservices..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..");

    @ArchTest
    static final ArchRule redisKnowsNoDatabase = noClasses()
            .that()
            .resideInAPackage("dev.freshet.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JDBC);

    @ArchTest
    static final ArchRule auditingIsPure = noClasses()
            .that()
            .resideInAPackage("dev.freshet.audit")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.lettuce..",
                    "org.jdbi..",
                    "javax.sql..",
                    "java.net..",
                    "dev.freshet.core..",
                    "dev.freshet.redis..",
                    "dev.freshet.postgres..",
                    "dev.freshet.debezium..",
                    "dev.freshet.invalidator..");

    @ArchTest
    static final ArchRule adaptersKnowNoneButTheCore = noClasses()
            .that()
            .resideInAnyPackage("dev.freshet.postgres..", "dev.freshet.redis..", "dev.freshet.debezium..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.freshet.invalidator..", "dev.freshet.audit..", "dev.freshet.cache..");
}
