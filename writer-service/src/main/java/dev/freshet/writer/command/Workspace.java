// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.writer.command;

import dev.freshet.context.Context;
import dev.freshet.context.ContextEvent;
import dev.freshet.context.ContextId;
import dev.freshet.context.Created;
import dev.freshet.context.Deleted;
import dev.freshet.context.Level;
import dev.freshet.context.RecordedEvent;
import dev.freshet.context.json.JsonValues;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs commands one after the other. They run in memory against rows that were locked beforehand; the results are then
 * written in few statements. Events are appended to the log first, then rows are written. A run of deletes is written
 * before the next command that could notice it, because only the database knows which rows are deleted along with them.
 * For one transaction; not thread-safe.
 */
public final class Workspace {
    private final Storage storage;
    private final Map<ContextId, PendingContext> slots = new LinkedHashMap<>();
    private final Map<String, ContextId> references = new HashMap<>();
    private final Map<Level, Deque<Storage.NewId>> newIds = new EnumMap<>(Level.class);
    private final List<RecordedEvent> pending = new ArrayList<>();
    private final List<ContextId> deleted = new ArrayList<>();
    private Instant now;
    private int appended;

    private Workspace(Storage storage) {
        this.storage = storage;
    }

    /**
     * Runs all commands, or none.
     *
     * @throws Refusal if a command cannot be carried out; names the command
     */
    public static Result run(Storage storage, List<Command> commands) {
        var workspace = new Workspace(storage);
        workspace.prepare(commands);
        var outcomes = new ArrayList<Outcome>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            try {
                outcomes.add(commands.get(i).run(workspace));
            } catch (Refusal refusal) {
                throw refusal.of(i);
            }
        }
        workspace.flush();
        return new Result(outcomes, workspace.appended);
    }

    /** @param events the number of appended events, without those of contexts that were deleted with their parent */
    public record Result(List<Outcome> outcomes, int events) {}

    private void prepare(List<Command> commands) {
        var demand = new Demand(storage.user());
        commands.forEach(command -> command.announce(demand));
        for (var level : Level.values()) {
            for (var lock : Lock.values()) {
                var ids = demand.ids(level, lock);
                if (!ids.isEmpty()) {
                    storage.lock(level, ids, lock)
                            .forEach(row -> slots.put(row.id(), new PendingContext(row.id(), row, row.version())));
                }
            }
            int wanted = demand.newIds(level);
            if (wanted > 0) {
                newIds.put(level, new ArrayDeque<>(storage.draw(level, wanted)));
            }
        }
        // Read after taking the locks, so that it is later than any transaction we waited for.
        now = storage.now();
    }

    Instant now() {
        return now;
    }

    ContextId globalId() {
        return ContextId.global(storage.user());
    }

    /** Creates an empty global context with the first project of a user. */
    void ensureGlobal() {
        var id = globalId();
        if (find(id) == null) {
            record(id, new Created(null, "", "", null, JsonValues.emptyObject(), now));
        }
    }

    ContextId newId(Level level) {
        var drawn = newIds.get(level).remove();
        slots.put(drawn.id(), new PendingContext(drawn.id(), null, drawn.lastVersion()));
        return drawn.id();
    }

    void call(String reference, ContextId id) {
        references.put(reference, id);
    }

    ContextId resolve(Target target, Level level) {
        if (target.isId()) {
            return target.id();
        }
        var id = references.get(target.reference());
        if (id == null) {
            throw Refusal.badValue(target.field(), "no earlier operation has the ref '" + target.reference() + "'");
        }
        if (id.level() != level) {
            throw Refusal.badValue(
                    target.field(), "'$" + target.reference() + "' is a " + id.level() + "; expected a " + level);
        }
        return id;
    }

    /** The context after the commands so far; null if it does not exist. */
    Context find(ContextId id) {
        if (!deleted.isEmpty()) {
            flush();
        }
        var slot = slots.get(id);
        return slot == null ? null : slot.current;
    }

    Context require(ContextId id, String field) {
        return exists(find(id), id, field);
    }

    /** Consecutive deletes are written together, unless one of them may have deleted the context of another. */
    Context requireForDelete(ContextId id, String field) {
        var slot = slots.get(id);
        boolean otherLevel = !deleted.isEmpty() && deleted.get(0).level() != id.level();
        if (otherLevel || (slot != null && slot.isNew())) {
            flush();
            slot = slots.get(id);
        }
        return exists(slot == null ? null : slot.current, id, field);
    }

    private static Context exists(Context context, ContextId id, String field) {
        if (context == null) {
            throw Refusal.notFound(field, "there is no " + id);
        }
        return context;
    }

    /** Records an event and returns the context after it. */
    Context record(ContextId id, ContextEvent event) {
        var slot =
                slots.computeIfAbsent(id, missing -> new PendingContext(missing, null, storage.lastVersion(missing)));
        slot.version++;
        var recorded = new RecordedEvent(0, id, slot.version, storage.user(), "api", now, event);
        slot.current = recorded.apply(slot.current);
        pending.add(recorded);
        return slot.current;
    }

    void delete(ContextId id) {
        record(id, Deleted.BY_COMMAND);
        deleted.add(id);
    }

    private void flush() {
        if (!pending.isEmpty()) {
            storage.append(pending);
            appended += pending.size();
            pending.clear();
        }
        for (var level : Level.values()) {
            write(level, PendingContext::isNew, storage::insert);
        }
        for (var level : Level.values()) {
            write(level, PendingContext::isChanged, storage::update);
        }
        if (!deleted.isEmpty()) {
            var level = deleted.get(0).level();
            storage.delete(level, deleted);
            deleted.forEach(id -> slots.get(id).row = null);
            deleted.clear();
            level.child().ifPresent(this::forgetWhatWentWith);
        }
    }

    private interface RowWriter {
        void write(Level level, List<Context> rows);
    }

    private void write(Level level, Predicate<PendingContext> which, RowWriter writer) {
        var chosen = slots.values().stream()
                .filter(slot -> slot.id.level() == level && which.test(slot))
                .toList();
        if (!chosen.isEmpty()) {
            writer.write(level, chosen.stream().map(slot -> slot.current).toList());
            chosen.forEach(slot -> slot.row = slot.current);
        }
    }

    private void forgetWhatWentWith(Level below) {
        for (Level level = below; level != null; level = level.child().orElse(null)) {
            var known = known(level);
            if (!known.isEmpty()) {
                var left = storage.existing(level, known);
                known.stream().filter(id -> !left.contains(id)).forEach(slots::remove);
            }
        }
    }

    private List<ContextId> known(Level level) {
        return slots.values().stream()
                .filter(slot -> slot.id.level() == level && slot.row != null)
                .map(slot -> slot.id)
                .toList();
    }
}
