// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.support", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule configNeedsNoHttpLibrary = noClasses()
            .that()
            .resideInAPackage("..support.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..support.http..",
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "com.nimbusds..",
                    "io.micrometer..",
                    "com.zaxxer..",
                    "com.fasterxml..");
}
