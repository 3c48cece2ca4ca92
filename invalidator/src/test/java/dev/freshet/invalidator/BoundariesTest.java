// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.invalidator", importOptions = DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule planningIsPure = noClasses()
            .that()
            .resideInAPackage("..invalidator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "io.lettuce..", "java.sql..", "javax.sql..", "org.jdbi..");

    @ArchTest
    static final ArchRule packagesMakeNoCircle =
            slices().matching("dev.freshet.invalidator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule planningKnowsNoAdapter = noClasses()
            .that()
            .resideInAPackage("..invalidator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..invalidator.capture..",
                    "..invalidator.evict..",
                    "..invalidator.run..",
                    "..invalidator.database..",
                    "..invalidator.cli..");

    @ArchTest
    static final ArchRule onlyCaptureKnowsDebezium = noClasses()
            .that()
            .resideOutsideOfPackage("..invalidator.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyEvictKnowsRedis = noClasses()
            .that()
            .resideOutsideOfPackage("..invalidator.evict..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "dev.freshet.redis..");

    @ArchTest
    static final ArchRule auditingIsPure = noClasses()
            .that()
            .resideInAPackage("..invalidator.audit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.debezium..",
                    "io.lettuce..",
                    "org.jdbi..",
                    "javax.sql..",
                    "java.net..",
                    "..invalidator.evict..",
                    "..invalidator.run..",
                    "..invalidator.plan..",
                    "..invalidator.database..",
                    "..invalidator.cli..");
}
