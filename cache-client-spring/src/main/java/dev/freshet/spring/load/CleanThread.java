// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.transaction.support.ResourceHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes away what the thread holds of earlier looks at the database. With an open session in view, an {@code EntityManager} is
 * bound to the thread of the request, and answers from memory what it has read before: older than the token of the fill.
 */
public final class CleanThread {
    private CleanThread() {}

    /** Whether the thread is in the scope of a transaction, or of what stands for one. */
    public static boolean isInTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isSynchronizationActive();
    }

    /** Whether the transaction of the thread may have written. */
    public static boolean isInWritingTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }

    /** Runs something in this thread without them, and gives them back. Only outside of transactions. */
    public static <T> T run(Work<T> work) throws Exception {
        var held = new LinkedHashMap<Object, Object>();
        for (Map.Entry<Object, Object> resource :
                TransactionSynchronizationManager.getResourceMap().entrySet()) {
            if (resource.getValue() instanceof ResourceHolder) {
                held.put(resource.getKey(), resource.getValue());
            }
        }
        held.keySet().forEach(TransactionSynchronizationManager::unbindResource);
        try {
            return work.run();
        } finally {
            held.forEach(TransactionSynchronizationManager::bindResource);
        }
    }
}
