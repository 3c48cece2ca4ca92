// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The domain of the reference application knows nothing of Freshet, and does no I/O. */
@AnalyzeClasses(packages = "dev.freshet.context", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IT_NEEDS_LITTLE = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.freshet.context..",
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.io",
                    "java.math",
                    "java.nio.charset",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.freshet.(**)").should().beFreeOfCycles();
}
