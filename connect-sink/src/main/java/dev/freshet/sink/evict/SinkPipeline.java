// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.evict;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.gate.VisibilityGate;
import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.stream.RowChange;
import dev.freshet.model.mapping.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes batches of changes through the steps of the protocol that do without an order: plan, wait until new snapshots see
 * them, evict, confirm that Redis has lost nothing. If a step fails, the batch must come again; every step may be
 * repeated. One thread.
 */
public final class SinkPipeline {
    /** Snapshots that are remembered; a source connector takes few. */
    private static final int MOST_SNAPSHOTS = 100;

    private final Planner planner;
    private final VisibilityGate gate;
    private final Database database;
    private final Cache cache;
    private final Namespace namespace;
    private final WholeNamespace whole;
    private final SinkListener listener;
    private final Set<String> snapshotsSeen = new HashSet<>();

    public SinkPipeline(
            Planner planner,
            VisibilityGate gate,
            Database database,
            Cache cache,
            Namespace namespace,
            WholeNamespace whole,
            SinkListener listener) {
        this.planner = planner;
        this.gate = gate;
        this.database = database;
        this.cache = cache;
        this.namespace = namespace;
        this.whole = whole;
        this.listener = listener;
    }

    /** What a batch holds is told through this. */
    public interface Batch {
        void changed(RowChange change);

        /** A record about this table cannot be read. */
        void unreadable(TableName table);

        /** A row of a snapshot of the source connector. */
        void snapshotted(String snapshot);

        /** Records are missing, or cannot be read at all. */
        void lost(String why);
    }

    /** Returns when everything that the batch makes stale is evicted, where readers will look. */
    public void process(Consumer<Batch> contents) throws InterruptedException {
        var batch = new SinkBatch(planner);
        contents.accept(into(batch));
        if (!batch.isEmpty()) {
            awaitVisible(batch);
            evict(batch);
        }
        namespace.confirm();
        remember(batch.snapshots());
    }

    private void awaitVisible(SinkBatch batch) throws InterruptedException {
        gate.await(batch.transactions());
        if (batch.hasUnknownTransaction()) {
            database.awaitOlderTransactions();
        }
    }

    private void evict(SinkBatch batch) throws InterruptedException {
        String loss = batch.loss() != null ? batch.loss() : newSnapshot(batch);
        if (loss != null) {
            // Everything, whatever else the batch holds.
            whole.evict(loss);
            return;
        }
        List<Eviction> evictions = new ArrayList<>(batch.evictions().size());
        batch.evictions().drain(evictions::add);
        if (evictions.isEmpty()) {
            return;
        }
        if (evictions.stream().anyMatch(eviction -> eviction.kind() == Eviction.Kind.KEYS)) {
            cache.recognise(database.patterns(List.of()));
        }
        listener.evicted(cache.evict(evictions));
    }

    /** Null if there is none. Whatever was missed before a snapshot is visible to it, so one purge is enough for each. */
    private String newSnapshot(SinkBatch batch) {
        return snapshotsSeen.containsAll(batch.snapshots())
                ? null
                : "the source connector took a snapshot: changes before it may be missing from the topics";
    }

    private void remember(Set<String> snapshots) {
        if (snapshotsSeen.size() > MOST_SNAPSHOTS) {
            snapshotsSeen.clear();
        }
        snapshotsSeen.addAll(snapshots);
    }

    private static Batch into(SinkBatch batch) {
        return new Batch() {
            @Override
            public void changed(RowChange change) {
                batch.add(change);
            }

            @Override
            public void unreadable(TableName table) {
                batch.addAllOf(table);
            }

            @Override
            public void snapshotted(String snapshot) {
                batch.addSnapshot(snapshot);
            }

            @Override
            public void lost(String why) {
                batch.lost(why);
            }
        };
    }
}
