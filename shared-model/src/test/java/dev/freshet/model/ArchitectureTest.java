// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.freshet.model.mapping.MappingParser;

/** No I/O: no network, no database, no threads, nothing printed. The one exception is the mapping file. */
@AnalyzeClasses(packages = "dev.freshet.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** What is allowed is listed, so that nothing new comes in unnoticed. */
    @ArchTest
    static final ArchRule IT_NEEDS_LITTLE = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.freshet.model..",
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.io",
                    "java.math",
                    "java.nio.charset",
                    "java.nio.file",
                    "java.security",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "com.fasterxml.jackson..",
                    "org.snakeyaml.engine.."));

    @ArchTest
    static final ArchRule ONLY_THE_PARSER_OF_MAPPINGS_READS_FILES = noClasses()
            .that(not(assignableTo(MappingParser.class)))
            .and()
            .resideOutsideOfPackage("dev.freshet.model.text")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.file")
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.io")
                    .and(not(assignableTo(java.io.Serializable.class)))
                    .and(not(assignableTo(java.io.Reader.class)))
                    .and(not(assignableTo(java.io.ByteArrayOutputStream.class))))
            .because("no I/O is the promise of this module");

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED_READ_OR_STARTED = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(System|Thread|Runtime|Process|ProcessBuilder)");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.freshet.model.(*)..").should().beFreeOfCycles();
}
