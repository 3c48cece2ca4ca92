// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final List<String> ODD = List.of("a:b", "c,d", "", "50 % /ü😀{x}~");

    private final CacheKeys keys = new CacheKeys("ctx");

    @Test
    void tagsAreReadAsTheyWereSpelled() {
        assertThat(TagName.parse(Tag.row("part", ODD).name())).contains(new TagName("part", ODD, null));
        assertThat(TagName.parse(Tag.children("part", ODD, "screw").name()))
                .contains(new TagName("part", ODD, "screw"));
        var inherited = TagName.parse(Tag.inherited("part", ODD).name()).orElseThrow();
        assertThat(inherited.isInherited()).isTrue();
        assertThat(inherited.id()).isEqualTo(ODD);
    }

    @Test
    void keysOfEntriesAreReadAsTheyWereSpelled() {
        for (var isolate : List.of(Isolate.SHARED, Isolate.of(""), Isolate.of("~"), Isolate.of("u:1 }"))) {
            assertThat(EntryName.parse(keys, keys.entry(isolate, "part", ODD, "list.50.0")))
                    .contains(new EntryName(isolate, Tag.row("part", ODD), "list.50.0"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ctx:~position",
                "ctx:~position:{1}",
                "ctx:{u1}:~fences",
                "ctx:{u1}:~tag:task:42",
                "ctx:{u1}:task:42",
                "ctx:{u1}:task:%4:own",
                "ctx:{u1}:task:a b:own",
                "ctx:{u%zz}:task:42:own",
                "other:{u1}:task:42:own",
                "ctx:task:42:own"
            })
    void otherKeysAreNoEntries(String key) {
        assertThat(EntryName.parse(keys, key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "task", ":42", "task:%", "task:%4", "task:%4g", "task:a/b:c d", "task:%41", "task:%FF"})
    void whatNoTagIsCalledIsNotRead(String name) {
        assertThat(TagName.parse(name).filter(tag -> tag.facet() == null)).isEmpty();
    }
}
