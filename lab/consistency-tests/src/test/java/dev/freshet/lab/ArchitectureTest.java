// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What judges Freshet must not use the code that it judges. */
@AnalyzeClasses(packages = "dev.freshet.lab", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theJudgeUsesNothingOfFreshet = classes()
            .that()
            .resideInAPackage("..race.history..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("dev.freshet.lab.race.history", "dev.freshet.context", "java.."));

    @ArchTest
    static final ArchRule theOracleDoesNotUseThePlanner = noClasses()
            .that()
            .haveSimpleName("Oracle")
            .or()
            .haveSimpleNameStartingWith("TemplateFacts")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.freshet.core..");

    @ArchTest
    static final ArchRule theLabNeedsNoTour =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.freshet.quickstart..");
}
