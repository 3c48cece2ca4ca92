// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.verdict;

import dev.freshet.audit.entry.CachedEntry;
import dev.freshet.audit.history.History;
import dev.freshet.audit.rows.ListKey;
import dev.freshet.audit.rows.ListedRows;
import dev.freshet.audit.rows.RowKey;
import dev.freshet.audit.rows.RowStates;
import dev.freshet.audit.rows.RowVersion;
import dev.freshet.audit.verdict.Suspicion.Cause;
import dev.freshet.model.mapping.EntityMapping;
import dev.freshet.model.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first check of an entry: which rows to look up for it, and what about them is suspicious. Pure. */
public final class FirstCheck {
    private final Mapping mapping;

    public FirstCheck(Mapping mapping) {
        this.mapping = mapping;
    }

    /** What to ask PostgreSQL for some entries. */
    public static final class Questions {
        private final Set<RowKey> rows = new HashSet<>();
        private final Map<ListKey, Long> lists = new HashMap<>();

        public Set<RowKey> rows() {
            return rows;
        }

        /** Maps each list to the oldest transaction id that matters for it. */
        public Map<ListKey, Long> lists() {
            return lists;
        }
    }

    /** The result of the first check. */
    public record Found(List<Suspicion> suspicions, Set<UndecidedReason> doubts) {}

    /** Adds the questions about the entry's rows. */
    public void ask(CachedEntry entry, Questions questions) {
        for (String tag : entry.tags()) {
            WatchedTag.of(mapping, tag).ifPresent(watched -> {
                RowKey row = row(entry, watched);
                questions.rows.add(row);
                if (watched.kind() == WatchedTag.Kind.LIST) {
                    questions.lists.merge(list(row, watched), entry.snapshot().oldestUnseen(), Math::min);
                }
            });
        }
    }

    private static RowKey row(CachedEntry entry, WatchedTag watched) {
        return new RowKey(watched.entity().name(), watched.id(), entry.name().isolate());
    }

    private static ListKey list(RowKey row, WatchedTag watched) {
        return new ListKey(row, watched.child().name());
    }

    /** Compares an entry with the answers. The entry must have a snapshot. */
    public Found look(CachedEntry entry, RowStates states, History history) {
        var found = new Found(new ArrayList<>(), new HashSet<>());
        for (String tag : entry.tags()) {
            Optional<WatchedTag> watched = WatchedTag.of(mapping, tag);
            if (watched.isEmpty()) {
                found.doubts().add(UndecidedReason.UNKNOWN_TAG);
            } else if (states.unreadable().contains(row(entry, watched.get()))) {
                found.doubts().add(UndecidedReason.BAD_ID);
            } else {
                look(entry, tag, watched.get(), states, found);
                if (!history.evicted(entry, tag).isEmpty()) {
                    found.suspicions()
                            .add(new Suspicion(
                                    tag,
                                    Cause.EVICTED,
                                    watched.get().entity(),
                                    watched.get().id(),
                                    null,
                                    true));
                }
            }
        }
        return found;
    }

    private static void look(CachedEntry entry, String tag, WatchedTag watched, RowStates states, Found found) {
        RowKey key = row(entry, watched);
        RowVersion version = states.rows().get(key);
        boolean itself = watched.kind() == WatchedTag.Kind.ROW && entry.isOf(tag);
        if (version == null) {
            // A null value shows just that. Other values prove only that the row named by the key existed.
            if (!entry.absent()) {
                found.suspicions().add(new Suspicion(tag, Cause.GONE, watched.entity(), watched.id(), null, itself));
            }
        } else if (watched.kind() != WatchedTag.Kind.LIST || entry.absent()) {
            boolean purges = watched.kind() == WatchedTag.Kind.ROW;
            changed(entry, tag, watched.entity(), watched.id(), version, purges, found);
        }
        if (watched.kind() == WatchedTag.Kind.LIST) {
            ListedRows children = states.children().getOrDefault(list(key, watched), ListedRows.NONE);
            children.young()
                    .forEach(child -> changed(entry, tag, watched.child(), child.id(), child.version(), false, found));
            if (children.cut()) {
                found.doubts().add(UndecidedReason.LONG_LIST);
            }
        }
    }

    private static void changed(
            CachedEntry entry,
            String tag,
            EntityMapping entity,
            List<String> id,
            RowVersion version,
            boolean purges,
            Found found) {
        if (!entry.snapshot().sees(version.xid())) {
            found.suspicions().add(new Suspicion(tag, Cause.CHANGED, entity, id, version, purges));
        } else if (entry.snapshot().mayHideItsTransaction(version.xid())) {
            found.suspicions().add(new Suspicion(tag, Cause.CHANGED_PERHAPS, entity, id, version, purges));
        }
    }
}
