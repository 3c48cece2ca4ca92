// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextPathsTest {
    @ParameterizedTest
    @CsvSource({
        "GLOBAL, /v1/global, /v1/global",
        "PROJECT, /v1/projects/{id}, /v1/projects/7",
        "BRANCH, /v1/branches/{id}, /v1/branches/7",
        "TASK, /v1/tasks/{id}, /v1/tasks/7"
    })
    void aPathNamesAContext(Level level, String route, String path) {
        ContextId named = ContextPaths.named(level, "u1", () -> 7);
        assertThat(ContextPaths.one(level)).isEqualTo(route);
        assertThat(ContextPaths.of(named)).isEqualTo(path);
        assertThat(named).isEqualTo(level == Level.GLOBAL ? ContextId.global("u1") : ContextId.of(level, 7));
    }

    @ParameterizedTest
    @CsvSource({"PROJECT, /v1/projects", "BRANCH, /v1/projects/{id}/branches", "TASK, /v1/branches/{id}/tasks"})
    void aListIsUnderItsParent(Level level, String route) {
        assertThat(ContextPaths.list(level)).isEqualTo(route);
    }
}
