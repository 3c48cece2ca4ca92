// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.source;

import dev.freshet.cache.Loaded;
import dev.freshet.spring.load.LoadSource;
import dev.freshet.spring.load.Work;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Runs each load in a read-only transaction of its own, with one snapshot, which is taken after the token of the fill. What
 * the method runs through Spring ({@code JdbcTemplate}, JPA, jOOQ, MyBatis) joins it. Thread-safe.
 */
final class SnapshotLoads implements LoadSource {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotLoads.class);

    private final PlatformTransactionManager transactions;
    private final Database database;
    private final AtomicBoolean warned = new AtomicBoolean();

    SnapshotLoads(PlatformTransactionManager transactions, Database database) {
        this.transactions = transactions;
        this.database = database;
    }

    @Override
    public Loaded<Object> read(Work<Loaded<Object>> load) throws Exception {
        var status = transactions.getTransaction(definition());
        Loaded<Object> loaded;
        try {
            loaded = inSnapshot(load);
        } catch (Throwable failure) {
            undo(status, failure);
            throw failure;
        }
        if (status.isRollbackOnly()) {
            // What was called failed, and the method answered all the same. It has written nothing.
            transactions.rollback(status);
        } else {
            transactions.commit(status);
        }
        return loaded;
    }

    private Loaded<Object> inSnapshot(Work<Loaded<Object>> load) throws Exception {
        if (!database.isBound()) {
            if (warned.compareAndSet(false, true)) {
                LOG.warn(
                        "transactions of {} are not those of the application's DataSource, so cached values do not tell their"
                                + " position, and nobody checks which database they come from; expected the DataSource's own"
                                + " transaction manager, as the only or the primary one",
                        transactions.getClass().getName());
            }
            return load.run();
        }
        var place = database.place();
        var loaded = load.run().at(place.lsn(), place.snapshot());
        return place.database() == null ? loaded : loaded.from(place.database());
    }

    private static TransactionDefinition definition() {
        var definition = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRED);
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        definition.setReadOnly(true);
        definition.setName("freshet load");
        return definition;
    }

    private void undo(TransactionStatus status, Throwable failure) {
        try {
            transactions.rollback(status);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
