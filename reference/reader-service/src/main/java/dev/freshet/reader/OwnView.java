// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.reader;

import dev.freshet.cache.Loaded;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One context without what it inherits. It is computed from its own row alone, so its tag is the row. */
record OwnView(String user, ContextId context) implements View {
    @Override
    public String name() {
        return "own";
    }

    @Override
    public Loaded<byte[]> load(Handle handle) {
        var tags = List.of(Ids.row(context));
        return query(handle, sql(context.level()))
                .map((row, statement) -> json(row))
                .findOne()
                .map(json -> Loaded.of(json, tags))
                .orElseGet(() -> Loaded.absent(tags));
    }

    /** The version: it is never used twice for one id, and the writer accepts it in {@code If-Match}. */
    @Override
    public String etag(byte[] json) {
        return Json.versionOf(json);
    }

    private static String sql(Level level) {
        return "select name, description, document, version, created_at, updated_at"
                + (level == Level.GLOBAL ? "" : ", " + Columns.parent(level) + " as parent")
                + (level.hasStatus() ? ", status" : "")
                + " from " + Columns.table(level) + " where user_id = :user and " + Columns.id(level) + " = :id";
    }

    private byte[] json(ResultSet row) throws SQLException {
        var level = context.level();
        return Json.write(out -> {
            out.writeStringField("level", level.label());
            Ids.write(out, "id", level, context.value());
            if (level != Level.GLOBAL) {
                Ids.write(out, "parent", level.parent().orElseThrow(), row.getString("parent"));
            }
            out.writeStringField("name", row.getString("name"));
            out.writeStringField("description", row.getString("description"));
            if (level.hasStatus()) {
                out.writeStringField("status", row.getString("status"));
            }
            out.writeNumberField("version", row.getLong("version"));
            out.writeStringField("createdAt", instant(row, "created_at"));
            out.writeStringField("updatedAt", instant(row, "updated_at"));
            // As PostgreSQL prints it, so that no number loses a digit.
            out.writeFieldName("document");
            out.writeRawValue(row.getString("document"));
        });
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
