// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.english;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("memory")
class SingularTest {
    @ParameterizedTest
    @CsvSource({
        "users, user",
        "categories, category",
        "addresses, address",
        "boxes, box",
        "statuses, status",
        "houses, house",
        "order_details, order_detail",
        "OrderDetails, OrderDetail",
        "ORDERS, ORDER",
        "people, person",
        "People, Person",
        "movies, movie",
        "branches, branch",
        "caches, cache",
        "analyses, analysis",
        "photos, photo",
        "ENTRIES, ENTRY"
    })
    void plural(String name, String singular) {
        assertThat(Singular.of(name)).contains(singular);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user", "address", "status", "news", "series", "analysis", "gas", "data", "s", "us", "film_actor"
            })
    void whatIsNoPluralStays(String name) {
        assertThat(Singular.of(name)).isEmpty();
    }
}
