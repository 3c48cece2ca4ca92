// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.store;

import dev.freshet.context.Context;
import dev.freshet.context.ContextId;
import dev.freshet.context.Level;
import dev.freshet.context.RecordedEvent;
import dev.freshet.writer.command.Lock;
import dev.freshet.writer.command.Storage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** {@link Storage} within one transaction. Each call runs one statement, however many rows it affects. */
public final class PostgresStorage implements Storage {
    private static final int FETCH_SIZE = 32;

    private final Handle handle;
    private final String user;
    private final DocumentBudget budget = new DocumentBudget(DocumentBudget.REQUEST);

    public PostgresStorage(Handle handle, String user) {
        this.handle = handle;
        this.user = user;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public Instant now() {
        return handle.createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    @Override
    public List<Context> lock(Level level, Collection<ContextId> ids, Lock lock) {
        var table = ContextTable.of(level);
        var mapper = new ContextMapper(level, budget);
        return handle.createQuery("select " + table.columns() + " from " + table.name()
                        + " where user_id = :user and " + table.id() + " = any(" + table.arrayOfIds() + ") order by "
                        + table.name() + "." + table.id() + " " + lock.clause())
                .bind("user", user)
                .bindArray("ids", String.class, values(ids))
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> mapper.map(row))
                .list();
    }

    @Override
    public Set<ContextId> existing(Level level, Collection<ContextId> ids) {
        var table = ContextTable.of(level);
        return new HashSet<>(handle.createQuery("select " + table.id() + "::text from " + table.name()
                        + " where user_id = :user and " + table.id() + " = any(" + table.arrayOfIds() + ")")
                .bind("user", user)
                .bindArray("ids", String.class, values(ids))
                .map((row, context) -> new ContextId(level, row.getString(1)))
                .list());
    }

    @Override
    public List<NewId> draw(Level level, int count) {
        return handle.createQuery("select id, last_version from freshet.draw_ids(:level, :count)")
                .bind("level", level.label())
                .bind("count", count)
                .map((row, context) -> new NewId(ContextId.of(level, row.getLong(1)), row.getLong(2)))
                .list();
    }

    @Override
    public long lastVersion(ContextId id) {
        return handle.createQuery("select coalesce((freshet.last_event(:stream)).version, 0)")
                .bind("stream", id.stream())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void append(List<RecordedEvent> events) {
        handle.createUpdate("""
                        insert into freshet.event (stream, version, type, user_id, data, source, recorded_at)
                        select stream, version, type, :user, data::jsonb, 'api', at::timestamptz
                        from unnest(cast(:streams as text[]), cast(:versions as bigint[]), cast(:types as text[]),
                                    cast(:data as text[]), cast(:times as text[]))
                             with ordinality as e (stream, version, type, data, at, place)
                        order by place
                        """)
                .bind("user", user)
                .bindArray("streams", String.class, map(events, event -> event.stream().stream()))
                .bindArray("versions", Long.class, map(events, RecordedEvent::version))
                .bindArray(
                        "types",
                        String.class,
                        map(events, event -> event.event().type()))
                .bindArray(
                        "data",
                        String.class,
                        map(events, event -> Json.write(event.event().data())))
                .bindArray(
                        "times",
                        String.class,
                        map(events, event -> event.recordedAt().toString()))
                .execute();
    }

    /** The trigger sets the version and times of the rows from the events appended before. */
    @Override
    public void insert(Level level, List<Context> rows) {
        var table = ContextTable.of(level);
        var columns = level == Level.GLOBAL ? "user_id" : "id, user_id";
        var values = level == Level.GLOBAL ? ":user" : "id::bigint, :user";
        var parent = table.parent() == null ? "" : ", " + table.parent();
        var status = level.hasStatus() ? ", status" : "";
        requireAll(
                rows.size(),
                bind(
                                handle.createUpdate("insert into " + table.name() + " (" + columns + parent
                                        + ", name, description" + status + ", document, created_at) select " + values
                                        + (parent.isEmpty() ? "" : ", parent::bigint") + ", name, description" + status
                                        + ", document::jsonb, created_at::timestamptz from " + ROWS),
                                rows)
                        .execute());
    }

    /** The ids are given twice: by the rows alone, the planner may read all contexts of the user. */
    @Override
    public void update(Level level, List<Context> rows) {
        var table = ContextTable.of(level);
        requireAll(
                rows.size(),
                bind(
                                handle.createUpdate("update " + table.name() + " t set name = r.name,"
                                        + " description = r.description, document = r.document::jsonb"
                                        + (level.hasStatus() ? ", status = r.status" : "")
                                        + (table.parent() == null ? "" : ", " + table.parent() + " = r.parent::bigint")
                                        + " from " + ROWS + " where t.user_id = :user and t." + table.id()
                                        + " = any(" + table.arrayOfIds() + ") and t." + table.id() + " = r.id::"
                                        + table.idType()),
                                rows)
                        .execute());
    }

    @Override
    public void delete(Level level, List<ContextId> ids) {
        var table = ContextTable.of(level);
        requireAll(
                ids.size(),
                handle.createUpdate("delete from " + table.name() + " where user_id = :user and " + table.id()
                                + " = any(" + table.arrayOfIds() + ")")
                        .bind("user", user)
                        .bindArray("ids", String.class, values(ids))
                        .execute());
    }

    private static final String ROWS = """
            unnest(cast(:ids as text[]), cast(:parents as text[]), cast(:names as text[]), cast(:descriptions as text[]),
                   cast(:statuses as text[]), cast(:documents as text[]), cast(:created as text[]))
            as r (id, parent, name, description, status, document, created_at)""";

    private <S extends SqlStatement<S>> S bind(S statement, List<Context> rows) {
        return statement
                .bind("user", user)
                .bindArray("ids", String.class, map(rows, row -> row.id().value()))
                .bindArray(
                        "parents",
                        String.class,
                        map(
                                rows,
                                row -> row.parent() == null
                                        ? null
                                        : row.parent().value()))
                .bindArray("names", String.class, map(rows, Context::name))
                .bindArray("descriptions", String.class, map(rows, Context::description))
                .bindArray("statuses", String.class, map(rows, Context::status))
                .bindArray("documents", String.class, map(rows, row -> Json.write(row.document())))
                .bindArray(
                        "created",
                        String.class,
                        map(rows, row -> row.createdAt().toString()));
    }

    /** The rows are locked, so any other count is a bug and must not reach the log. */
    private static void requireAll(int expected, int changed) {
        if (changed != expected) {
            throw new IllegalStateException("changed " + changed + " rows; expected " + expected);
        }
    }

    private static List<String> values(Collection<ContextId> ids) {
        return ids.stream().map(ContextId::value).toList();
    }

    private static <A, B> List<B> map(List<A> list, Function<A, B> function) {
        return list.stream().map(function).collect(Collectors.toList());
    }
}
