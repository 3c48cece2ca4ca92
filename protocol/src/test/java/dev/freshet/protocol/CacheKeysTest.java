// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeysTest {
    private final CacheKeys keys = new CacheKeys("ctx");

    @Test
    void spellsTheKeysOfTheDocumentation() {
        var user = Isolate.of("u1");
        assertThat(keys.entry(user, "task", List.of("42"), "resolved")).isEqualTo("ctx:{u1}:task:42:resolved");
        assertThat(keys.tagSet(user, Tag.row("project", List.of("3")))).isEqualTo("ctx:{u1}:~tag:project:3");
        assertThat(keys.fences(user)).isEqualTo("ctx:{u1}:~fences");
        assertThat(keys.position()).isEqualTo("ctx:~position");
        assertThat(keys.position(7)).isEqualTo("ctx:~position:{7}");
        assertThat(keys.allPositions()).isEqualTo("ctx:~position:{*}");
        assertThat(keys.prefix(Isolate.SHARED)).isEqualTo("ctx:{~}:");
    }

    @Test
    void spellsTheTagsOfTheDocumentation() {
        assertThat(Tag.row("film_actor", List.of("1", "7")).name()).isEqualTo("film_actor:1,7");
        assertThat(Tag.inherited("project", List.of("3")).name()).isEqualTo("project:3/inherited");
        assertThat(Tag.children("project", List.of("3"), "branch").name()).isEqualTo("project:3/branch");
    }

    @Test
    void noValueCanLeaveItsPlace() {
        assertThat(keys.prefix(Isolate.of("a}:x{b"))).isEqualTo("ctx:{a%7D%3Ax%7Bb}:");
        assertThat(keys.prefix(Isolate.of("~"))).isEqualTo("ctx:{%7E}:").isNotEqualTo(keys.prefix(Isolate.SHARED));
        assertThat(Tag.row("project", List.of("3/inherited")).name()).isEqualTo("project:3%2Finherited");
        assertThat(Tag.row("a", List.of("1,2"))).isNotEqualTo(Tag.row("a", List.of("1", "2")));
        assertThat(Tag.row("a", List.of("é\uD83D\uDE00\"]")).name()).isEqualTo("a:%C3%A9%F0%9F%98%80%22%5D");
    }

    @Test
    void differentOwnersHaveDifferentKeys() {
        assertThat(keys.prefix(Isolate.of("%41"))).isNotEqualTo(keys.prefix(Isolate.of("A")));
        assertThat(keys.prefix(Isolate.of(""))).isEqualTo("ctx:{%00}:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "a:b", "a{", "1a", "a b"})
    void refusesANamespaceThatIsNotPlain(String namespace) {
        assertThatThrownBy(() -> new CacheKeys(namespace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + namespace + "'");
    }
}
