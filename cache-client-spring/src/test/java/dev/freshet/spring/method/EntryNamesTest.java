// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.view.CacheView;
import dev.freshet.cache.view.Codec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EntryNamesTest {
    /** Texts that look like what stands between them, and like nothing. */
    private static final List<Object[]> ARGUMENTS = List.of(
            new Object[] {"a", "b"},
            new Object[] {"a.b", ""},
            new Object[] {"", "a.b"},
            new Object[] {null, "b"},
            new Object[] {"~", "b"},
            new Object[] {"%7E", "b"},
            new Object[] {"a", "b@2"},
            new Object[] {"ä:{x}", true},
            new Object[] {1L, Thread.State.NEW});

    @Test
    void otherArgumentsHaveAnotherNameAndEachIsOneOfAView() {
        var names = ARGUMENTS.stream()
                .map(args -> EntryNames.with("products", args, new int[] {0, 1}))
                .collect(Collectors.toSet());
        assertThat(names).hasSameSizeAs(ARGUMENTS).contains("products.a.b", "products.~.b", "products.1.NEW");
        names.forEach(name ->
                assertThat(CacheView.of("product", name, Codec.TEXT).name()).isEqualTo(name));
    }

    @Test
    void onlyTheOtherParametersAreInTheName() {
        assertThat(EntryNames.with("products", new Object[] {10, 2, "en"}, new int[] {1, 2}))
                .isEqualTo("products.2.en");
        assertThat(Arrays.asList("a b", "a/b").stream().map(EntryNames::text)).containsExactly("a%20b", "a%2Fb");
    }
}
