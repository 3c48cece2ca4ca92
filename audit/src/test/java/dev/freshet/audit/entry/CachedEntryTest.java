// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.protocol.EntryName;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedEntryTest {
    private static final EntryName NAME = new EntryName(Isolate.of("u1"), new Tag("task:42"), "own");

    @Test
    void everythingBeforeTheValueIsRead() {
        var entry = parse("""
                {"tags":["task:42","branch:7/inherited"],"at":"1A/2B3C4","snapshot":"790:795:791","value":{"a":[1]}}""").orElseThrow();
        assertThat(entry.tags()).containsExactly("task:42", "branch:7/inherited");
        assertThat(entry.at()).isEqualTo(Lsn.parse("1A/2B3C4"));
        assertThat(entry.trace()).isEqualTo("790:795:791");
        assertThat(entry.snapshot().sees(791)).isFalse();
        assertThat(entry.absent()).isFalse();
        assertThat(entry.isOf("task:42")).isTrue();
        assertThat(entry.isOf("task:4")).isFalse();
    }

    @Test
    void placeAndSnapshotMayBeMissing() {
        var entry = parse("{\"tags\":[\"task:42\"],\"value\":null}").orElseThrow();
        assertThat(entry.at()).isNull();
        assertThat(entry.snapshot()).isNull();
        assertThat(entry.absent()).isTrue();
    }

    @Test
    void theValueNeedNotBeThere() {
        assertThat(parse("{\"tags\":[\"task:42\"],\"value\":{\"long").map(CachedEntry::absent))
                .contains(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cached",
                "{}",
                "{\"tags\":[],\"value\":1}",
                "{\"value\":1,\"tags\":[\"task:42\"]}",
                "{\"tags\":[\"task:42\"],\"at\":\"0/1\"",
                "{\"tags\":[\"task:42\"],\"snapshot\":\"1:2\",\"value\":1}"
            })
    void anythingElseIsNoEntry(String text) {
        assertThat(parse(text)).isEmpty();
    }

    private static Optional<CachedEntry> parse(String text) {
        return CachedEntry.parse("ctx:{u1}:task:42:own", NAME, text);
    }
}
