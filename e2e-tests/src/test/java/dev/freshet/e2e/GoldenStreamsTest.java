// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e;

import dev.freshet.e2e.support.Golden;
import dev.freshet.e2e.support.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handwritten streams in Debezium's envelope, with evictions derived by hand from the mapping's documentation. */
class GoldenStreamsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "paths-both-ways",
                "join-table",
                "composite-key",
                "primary-key-change",
                "unchanged-toast",
                "truncate",
                "without-schema",
                "moved-contexts",
                "moved-contexts-by-tag",
                "nothing"
            })
    void planPrintsTheEvictionsOf(String stream) {
        var folder = "streams/" + stream + "/";
        var mapping = Repository.text("e2e-tests/src/test/resources/" + folder + "mapping.txt")
                .strip();
        var evictions = Golden.plan(Repository.file(mapping).toString(), Golden.resource(folder + "changes.jsonl"));
        Golden.check(folder + "evictions.jsonl", evictions);
    }
}
