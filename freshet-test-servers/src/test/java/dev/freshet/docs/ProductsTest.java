// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cache.CacheStatus;
import dev.freshet.cache.Loaded;
import dev.freshet.cache.view.TagOf;
import dev.freshet.protocol.Tag;
import dev.freshet.test.FakeFreshet;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

// sample
class ProductsTest {
    private final FakeFreshet freshet = FakeFreshet.of(Path.of("src/test/resources/shop.yaml"));

    @AfterEach
    void close() {
        freshet.close();
    }

    @Test
    void aProductShowsItsMaker() {
        var key = Products.PRODUCT.key(1);
        freshet.cache().get(key, () -> Loaded.of("[\"tea\",\"Mill\"]").and(TagOf.row("maker", 7)));
        assertThat(freshet.entry(key).orElseThrow().tags()).contains(new Tag("maker:7"));

        freshet.evictRow("maker", 7); // as a change of that row does
        assertThat(freshet.entries()).isEmpty();
    }

    @Test
    void aLoadThatWasOvertakenIsNotStored() {
        var result = freshet.cache().get(Products.PRODUCT.key(1), () -> {
            freshet.evictRow("product", 1); // somebody commits a change while this loads
            return Loaded.of("[\"old\",\"Mill\"]");
        });
        assertThat(result.status()).isEqualTo(CacheStatus.REFUSED);
    }
}
// end of sample
