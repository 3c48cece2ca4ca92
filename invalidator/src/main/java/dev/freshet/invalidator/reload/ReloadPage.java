// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.reload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.invalidator.admin.Answer;
import dev.freshet.invalidator.admin.Page;
import dev.freshet.invalidator.admin.Query;

/** {@code POST /reload}: reloads the mapping, and answers with the outcome as JSON. */
public final class ReloadPage implements Page {
    private final Reload reload;

    public ReloadPage(Reload reload) {
        this.reload = reload;
    }

    @Override
    public Answer answer(Query query) {
        query.only();
        ReloadOutcome outcome = reload.runUnlessBusy("POST /reload");
        int status = switch (outcome.kind()) {
            case ACCEPTED -> 202;
            case UNCHANGED -> 200;
            case REFUSED -> 422;
            case UNANSWERED -> 503;
            case BUSY -> 409;
        };
        return new Answer(status, "application/json", json(outcome));
    }

    /** It reads a file, and asks PostgreSQL. */
    @Override
    public boolean waits() {
        return true;
    }

    private static String json(ReloadOutcome outcome) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("outcome", outcome.kind().toString());
        node.put("message", outcome.message());
        outcome.differences().forEach(node.putArray("differences")::add);
        node.put("purges", outcome.purges());
        outcome.keys().forEach(node.putArray("keys")::add);
        outcome.tags().forEach(node.putArray("tags")::add);
        return node.toString();
    }
}
