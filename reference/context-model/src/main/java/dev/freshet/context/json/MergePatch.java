// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;

/**
 * JSON Merge Patch, RFC 7396: objects are merged member by member, null removes a member, anything else replaces. Used
 * for PATCH and for resolving a chain of contexts, where the nearer level is the patch.
 *
 * <p>Neither argument is changed; the result shares subtrees with both. Does not recurse, so depth costs no stack.
 */
public final class MergePatch {
    private MergePatch() {}

    /** @param target null if it does not exist */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        var result = startFrom(target);
        var open = new ArrayDeque<Merge>();
        open.push(new Merge(result, (ObjectNode) patch));
        while (!open.isEmpty()) {
            var merge = open.pop();
            merge.patch.properties().forEach(member -> {
                var name = member.getKey();
                var value = member.getValue();
                if (value.isNull()) {
                    merge.into.remove(name);
                } else if (value.isObject()) {
                    var child = startFrom(merge.into.get(name));
                    merge.into.set(name, child);
                    open.push(new Merge(child, (ObjectNode) value));
                } else {
                    merge.into.set(name, value);
                }
            });
        }
        return result;
    }

    private record Merge(ObjectNode into, ObjectNode patch) {}

    /** Makes a shallow copy. It is enough because only members named by the patch are set in it. */
    private static ObjectNode startFrom(JsonNode target) {
        var result = JsonNodeFactory.instance.objectNode();
        return target != null && target.isObject() ? (ObjectNode) result.setAll((ObjectNode) target) : result;
    }
}
