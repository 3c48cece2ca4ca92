// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.writer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule COMMANDS_KNOW_NEITHER_SQL_NOR_HTTP = noClasses()
            .that()
            .resideInAPackage("..writer.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "org.jdbi..", "org.postgresql..", "io.javalin..", "dev.freshet.support..");

    @ArchTest
    static final ArchRule STORE_AND_REBUILD_KNOW_NO_HTTP = noClasses()
            .that()
            .resideInAnyPackage("..writer.store..", "..writer.rebuild..", "..writer.db..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "dev.freshet.support.http..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_OF_A_CACHE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.lettuce..", "redis..", "dev.freshet.cache..", "dev.freshet.redis..", "dev.freshet.protocol..");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("dev.freshet.writer.(*)..").should().beFreeOfCycles();
}
