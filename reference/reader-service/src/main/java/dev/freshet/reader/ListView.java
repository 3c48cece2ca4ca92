// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.cache.Loaded;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.support.http.request.Page;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * One page of a context's children, ordered by id. Of each child it shows only what the mapping calls listed. Of the
 * parent it shows only that it exists. So its tag is the parent's list, whether or not the parent exists.
 *
 * @param page the part of the list to show
 */
record ListView(String user, ContextId context, Page page) implements View {
    private record Item(Long id, String name, String status) {}

    /** Such as {@code branch.50.0}. */
    @Override
    public String name() {
        return Ids.childOf(context) + "." + page.limit() + "." + page.after();
    }

    @Override
    public Loaded<byte[]> load(Handle handle) {
        var tags = List.of(Ids.children(context));
        var rows = query(handle, sql())
                .bind("after", page.after())
                // One row more than shown tells whether there is another page.
                .bind("limit", page.limit() + 1)
                .map((row, statement) ->
                        new Item(row.getObject("id", Long.class), row.getString("name"), row.getString("status")))
                .list();
        if (rows.isEmpty()) {
            return Loaded.absent(tags);
        }
        return Loaded.of(json(rows.stream().filter(item -> item.id() != null).toList()), tags);
    }

    @Override
    public String etag(byte[] json) {
        return Hash.of(json);
    }

    /** A parent without children gives one row of nulls; a parent that does not exist gives no row. */
    private String sql() {
        var child = Ids.childOf(context);
        return """
               select child.id, child.name, child.status from (%s) parent left join lateral (
                   select id, name, %s as status from %s
                   where user_id = :user and %s = parent.id and id > :after order by id limit :limit
               ) child on true order by child.id
               """.formatted(
                        parentSql(),
                        child.hasStatus() ? "status" : "cast(null as text)",
                        Columns.table(child),
                        Columns.parent(child));
    }

    /** Every user may list projects, even before the first project, which creates the global context. */
    private String parentSql() {
        return context.level() == Level.GLOBAL
                ? "select cast(:id as text) as id"
                : "select id from " + Columns.table(context.level()) + " where user_id = :user and id = :id";
    }

    private byte[] json(List<Item> rows) {
        boolean more = rows.size() > page.limit();
        var items = more ? rows.subList(0, page.limit()) : rows;
        return Json.write(out -> {
            out.writeArrayFieldStart("items");
            for (var item : items) {
                write(out, item);
            }
            out.writeEndArray();
            out.writeObjectField("next", more ? items.get(items.size() - 1).id() : null);
        });
    }

    private static void write(JsonGenerator out, Item item) throws IOException {
        out.writeStartObject();
        out.writeNumberField("id", item.id());
        out.writeStringField("name", item.name());
        if (item.status() != null) {
            out.writeStringField("status", item.status());
        }
        out.writeEndObject();
    }
}
