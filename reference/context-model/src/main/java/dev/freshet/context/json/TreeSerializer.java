// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.context.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;

/** Writes trees without recursion. Jackson's own serializer recurses, and thousands of levels overflow the stack. */
final class TreeSerializer extends JsonSerializer<JsonNode> {
    @Override
    public void serialize(JsonNode tree, JsonGenerator out, SerializerProvider provider) throws IOException {
        var open = new ArrayDeque<Open>();
        begin(tree, out, provider, open);
        while (!open.isEmpty()) {
            var container = open.peek();
            if (container.hasNext()) {
                begin(container.next(out), out, provider, open);
            } else {
                container.end(out);
                open.pop();
            }
        }
    }

    /** Writes a leaf, or opens a container and pushes it. */
    private static void begin(JsonNode node, JsonGenerator out, SerializerProvider provider, ArrayDeque<Open> open)
            throws IOException {
        if (node.isObject()) {
            out.writeStartObject();
            open.push(new Open(((ObjectNode) node).properties().iterator(), null));
        } else if (node.isArray()) {
            out.writeStartArray();
            open.push(new Open(null, node.iterator()));
        } else if (node.isBigDecimal()) {
            // Writes the number in full, as jsonb does, even with more decimals than Jackson's generator allows.
            out.writeNumber(node.decimalValue().toPlainString());
        } else {
            node.serialize(out, provider);
        }
    }

    /** The rest of an open container; one of the two is null. */
    private record Open(Iterator<Map.Entry<String, JsonNode>> members, Iterator<JsonNode> elements) {
        boolean hasNext() {
            return members == null ? elements.hasNext() : members.hasNext();
        }

        JsonNode next(JsonGenerator out) throws IOException {
            if (members == null) {
                return elements.next();
            }
            var member = members.next();
            out.writeFieldName(member.getKey());
            return member.getValue();
        }

        void end(JsonGenerator out) throws IOException {
            if (members == null) {
                out.writeEndArray();
            } else {
                out.writeEndObject();
            }
        }
    }
}
