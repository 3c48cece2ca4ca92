// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads rows of {@link ContextTable#columns()}. */
public final class ContextMapper {
    private final Level level;
    private final DocumentBudget budget;

    public ContextMapper(Level level, DocumentBudget budget) {
        this.level = level;
        this.budget = budget;
    }

    /** For queries whose documents are small or few. */
    public ContextMapper(Level level) {
        this(level, DocumentBudget.unlimited());
    }

    public Context map(ResultSet row) throws SQLException {
        var user = row.getString("user_id");
        return new Context(
                new ContextId(level, row.getString("id")),
                user,
                parent(row, user),
                row.getString("name"),
                row.getString("description"),
                row.getString("status"),
                (ObjectNode) Json.read(budget.spend(row.getString("document"))),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private ContextId parent(ResultSet row, String user) throws SQLException {
        return switch (level) {
            case GLOBAL -> null;
            case PROJECT -> ContextId.global(user);
            default -> ContextId.of(level.parent().orElseThrow(), row.getLong("parent"));
        };
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
