// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads the context tables for one user. */
public final class Contexts {
    private final Handle handle;
    private final String user;

    public Contexts(Handle handle, String user) {
        this.handle = handle;
        this.user = user;
    }

    public Optional<Context> find(ContextId id) {
        var table = ContextTable.of(id.level());
        var mapper = new ContextMapper(id.level());
        return handle.createQuery("select " + table.columns() + " from " + table.name() + " where user_id = :user and "
                        + table.id() + " = cast(:id as " + table.idType() + ")")
                .bind("user", user)
                .bind("id", id.value())
                .map((row, context) -> mapper.map(row))
                .findOne();
    }

    /**
     * The children of a context, one level below, ordered by id. Their documents are empty because a list may be long.
     */
    public List<Context> children(ContextId parent, long after, int limit) {
        var level = parent.level().child().orElseThrow();
        var table = ContextTable.of(level);
        var mapper = new ContextMapper(level);
        var ofParent = table.parent() == null ? "" : " and " + table.parent() + " = cast(:parent as bigint)";
        var query = handle.createQuery("select "
                        + table.columns().replace("document::text", "'{}'") + " from " + table.name()
                        + " where user_id = :user" + ofParent + " and " + table.name() + ".id > :after order by "
                        + table.name() + ".id limit :limit")
                .bind("user", user)
                .bind("after", after)
                .bind("limit", limit);
        if (table.parent() != null) {
            query.bind("parent", parent.value());
        }
        return query.map((row, context) -> mapper.map(row)).list();
    }

    /** Whether the context exists. */
    public boolean exists(ContextId id) {
        var table = ContextTable.of(id.level());
        return handle.createQuery("select exists (select from " + table.name() + " where user_id = :user and "
                        + table.id() + " = cast(:id as " + table.idType() + "))")
                .bind("user", user)
                .bind("id", id.value())
                .mapTo(Boolean.class)
                .one();
    }
}
