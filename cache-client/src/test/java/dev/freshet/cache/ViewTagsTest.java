// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.EntryKey;
import dev.freshet.cache.view.TagOf;
import dev.freshet.protocol.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tags values carry by their views. */
class ViewTagsTest {
    private static final CacheView<String> TASK = CacheView.json("task", "own");
    private static final CacheView<String> TASKS =
            CacheView.json("branch", "tasks").listOf("task");

    @Test
    void aViewOfARowCarriesTheTagOfTheRowWhetherItExistsOrNot() {
        var key = TASK.key(42).ownedBy("u1");
        assertThat(tags(key, Loaded.of("1"))).containsExactly("task:42");
        assertThat(tags(key, Loaded.absent())).containsExactly("task:42");
        assertThat(tags(TASK.format(2).key(42), Loaded.of("1"))).containsExactly("task:42");
        assertThat(tags(CacheView.json("line", "own").key(7, "x,y"), Loaded.of("1")))
                .containsExactly("line:7,x%2Cy");
    }

    @Test
    void aListCarriesTheTagOfTheList() {
        assertThat(tags(TASKS.key(7), Loaded.of("[]"))).containsExactly("branch:7/task");
        assertThat(tags(TASKS.key(7), Loaded.absent())).containsExactly("branch:7/task");
        assertThat(tags(TASKS.format(2).key(7), Loaded.of("[]"))).containsExactly("branch:7/task");
    }

    @Test
    void whatElseItWasComputedFromIsAdded() {
        var loaded = Loaded.of("1")
                .and(TagOf.inherited("branch", 7), TagOf.row("org", "a b"))
                .at("0/7", "1:1:")
                .and(List.of(TagOf.list("task", "branch", 7), TagOf.told("weather", "berlin"), TagOf.row("task", 42)));
        assertThat(tags(TASK.key(42), loaded))
                .containsExactly("task:42", "branch:7/inherited", "org:a%20b", "branch:7/task", "!weather:berlin");
        assertThat(loaded.encoded(TASK.key(42)).snapshot()).isEqualTo("1:1:");
    }

    @Test
    void tagsThatAreGivenAreExactlyThese() {
        assertThat(tags(TASK.key(42), Loaded.of("1", Tags.of("org:1")))).containsExactly("org:1");
        assertThat(tags(TASK.key(42), Loaded.of("1", Tags.of("org:1")).and(TagOf.row("org", 2))))
                .containsExactly("org:1", "org:2");
        assertThat(tags(TASK.key(42), Loaded.absent(Tags.of("org:1")))).containsExactly("org:1");
    }

    @Test
    void refusesWhatWouldNotStandInAnEntry() {
        assertThatThrownBy(() -> Loaded.of("1").and(new Tag("a]"))).hasMessageContaining("tag 'a]'");
        assertThatThrownBy(() -> tags(CacheView.json("a~b", "own").key(1), Loaded.of("1")))
                .hasMessageContaining("tag 'a~b:1'");
        assertThatThrownBy(() -> TASK.listOf("a:b")).hasMessageContaining("entity 'a:b'");
        assertThatThrownBy(() -> TagOf.row("task")).hasMessageContaining("at least one part");
        assertThatThrownBy(() -> Loaded.of(null)).hasMessageContaining("Loaded.absent");
    }

    private static List<String> tags(EntryKey<String> key, Loaded<String> loaded) {
        return loaded.encoded(key).tags().stream().map(Tag::name).toList();
    }
}
