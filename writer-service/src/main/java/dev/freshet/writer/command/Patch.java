// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.Level;
import dev.freshet.context.Updated;
import dev.freshet.context.json.JsonLimits;
import dev.freshet.context.json.MergePatch;

/**
 * A JSON Merge Patch of a context. A null column keeps its value.
 *
 * @param documentPatch merged into the document; JSON null empties the document
 */
public record Patch(
        Level level,
        Target target,
        String name,
        String description,
        String status,
        JsonNode documentPatch,
        Precondition precondition)
        implements Command {
    @Override
    public void announce(Demand demand) {
        demand.existing(target, Lock.WRITE);
    }

    @Override
    public Outcome run(Workspace workspace) {
        var id = workspace.resolve(target, level);
        var before = workspace.require(id, target.field());
        precondition.check(id, before);
        var changes = before.changesTo(name, description, status, patched(before.document()));
        return new Outcome(id, changes.isEmpty() ? before : workspace.record(id, new Updated(changes)), false);
    }

    private ObjectNode patched(ObjectNode document) {
        if (documentPatch == null) {
            return null;
        }
        if (documentPatch.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        var patched = (ObjectNode) MergePatch.apply(document, documentPatch);
        JsonLimits.problemOf(patched).ifPresent(problem -> {
            throw Refusal.tooLarge("document", "would become one that " + problem);
        });
        return patched;
    }
}
