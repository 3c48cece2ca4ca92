// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.e2e.cases;

import dev.freshet.e2e.process.Repository;
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
        var mapping = Repository.text("lab/e2e-tests/src/test/resources/" + folder + "mapping.txt")
                .strip();
        var evictions =
                GoldenFile.plan(Repository.file(mapping).toString(), GoldenFile.resource(folder + "changes.jsonl"));
        GoldenFile.check(folder + "evictions.jsonl", evictions);
    }
}
