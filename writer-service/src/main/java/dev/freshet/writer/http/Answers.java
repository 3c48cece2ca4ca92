// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.context.ContextPaths;
import dev.freshet.writer.command.Outcome;
import dev.freshet.writer.store.Answer;
import dev.freshet.writer.store.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the responses to write requests. */
final class Answers {
    private static final String JSON = "application/json";

    private Answers() {}

    /** The response to a request for one context. */
    static Answer one(List<Outcome> outcomes) {
        var outcome = outcomes.get(0);
        if (outcome.context() == null) {
            return new Answer(204, Map.of(), "");
        }
        var headers = new HashMap<>(Map.of("Content-Type", JSON, "ETag", ContextJson.etag(outcome.context())));
        if (outcome.created()) {
            headers.put("Location", ContextPaths.of(outcome.id()));
        }
        return new Answer(outcome.created() ? 201 : 200, headers, Json.write(ContextJson.of(outcome.context())));
    }

    /** The response to a bulk request: one result per operation, in the same order. */
    static Answer bulk(List<BulkBody.Operation> operations, List<Outcome> outcomes) {
        var results = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < outcomes.size(); i++) {
            var operation = operations.get(i);
            var outcome = outcomes.get(i);
            var result = results.addObject()
                    .put("op", operation.op())
                    .put("level", outcome.id().level().label());
            ContextJson.putId(result, "id", outcome.id());
            if (operation.reference() != null) {
                result.put("ref", operation.reference());
            }
            if (outcome.context() != null) {
                result.set("context", ContextJson.of(outcome.context()));
            }
        }
        JsonNode body = JsonNodeFactory.instance.objectNode().set("results", results);
        return new Answer(200, Map.of("Content-Type", JSON), Json.write(body));
    }
}
