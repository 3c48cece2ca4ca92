// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.freshet.e2e")
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesMakeNoCircle =
            slices().matching("dev.freshet.e2e.(**)").should().beFreeOfCycles();
}
