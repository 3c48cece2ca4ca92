// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.source;

import dev.freshet.spring.FreshetSession;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Tells the session of the thread that something was committed. */
final class CommitListener implements TransactionExecutionListener {
    @Override
    public void afterCommit(TransactionExecution transaction, Throwable failure) {
        if (!transaction.isReadOnly()) {
            FreshetSession.current().ifPresent(FreshetSession::wrote);
        }
    }
}
