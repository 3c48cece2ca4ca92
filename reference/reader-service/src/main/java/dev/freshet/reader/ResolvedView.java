// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cache.Loaded;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.context.json.MergePatch;
import dev.freshet.protocol.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * A context with what it inherits: the documents of its chain, merged from Global down. From its ancestors it takes
 * only the document and the place in the hierarchy, so for them the tag {@code /inherited} is enough.
 */
record ResolvedView(String user, ContextId context) implements View {
    @Override
    public String name() {
        return "resolved";
    }

    @Override
    public Loaded<byte[]> load(Handle handle) {
        return query(handle, sql(context.level()))
                .map((row, statement) -> resolved(row))
                .findOne()
                // Without the row there is no chain to depend on: only its creation can change the answer.
                .orElseGet(() -> Loaded.absent(List.of(Ids.row(context))));
    }

    /** A hash, because the value depends on rows whose versions it does not show. */
    @Override
    public String etag(byte[] json) {
        return Hash.of(json);
    }

    /** The whole chain in one row: ids and documents, named after the levels. */
    private static String sql(Level level) {
        var chain = chain(level);
        var columns = chain.stream()
                .map(l -> "%1$s.%2$s as %1$s_id, %1$s.document as %1$s_document".formatted(l, Columns.id(l)))
                .collect(Collectors.joining(", "));
        var joins = chain.stream().skip(1).map(ResolvedView::join).collect(Collectors.joining());
        return "select %1$s, %2$s.name from freshet.global_context global%3$s where global.user_id = :user and %2$s.%4$s = :id"
                .formatted(columns, level, joins, Columns.id(level));
    }

    /** Joins by owner, too: a chain never leaves its user. */
    private static String join(Level level) {
        var parent = level.parent().orElseThrow();
        return " join %1$s %2$s on %2$s.%3$s = %4$s.%5$s and %2$s.user_id = global.user_id"
                .formatted(Columns.table(level), level, Columns.parent(level), parent, Columns.id(parent));
    }

    /** The level and all levels above it, from Global down. */
    private static List<Level> chain(Level level) {
        return Arrays.asList(Level.values()).subList(0, level.ordinal() + 1);
    }

    private Loaded<byte[]> resolved(ResultSet row) throws SQLException {
        var chain = new ArrayList<ContextId>();
        var tags = new ArrayList<Tag>();
        JsonNode document = Json.MAPPER.createObjectNode();
        for (var level : chain(context.level())) {
            var link = new ContextId(level, row.getString(level + "_id"));
            chain.add(link);
            tags.add(link.equals(context) ? Ids.row(link) : Ids.inherited(link));
            document = MergePatch.apply(document, parse(row.getString(level + "_document")));
        }
        return Loaded.of(json(row.getString("name"), document, chain), tags);
    }

    private byte[] json(String contextName, JsonNode document, List<ContextId> chain) {
        return Json.write(out -> {
            out.writeStringField("level", context.level().label());
            Ids.write(out, "id", context.level(), context.value());
            out.writeStringField("name", contextName);
            out.writeFieldName("document");
            out.writeTree(document);
            out.writeArrayFieldStart("chain");
            for (var link : chain) {
                out.writeStartObject();
                out.writeStringField("level", link.level().label());
                Ids.write(out, "id", link.level(), link.value());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    private static JsonNode parse(String document) {
        try {
            return Json.MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored document is too large to be merged", e);
        }
    }
}
