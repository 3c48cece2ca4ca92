// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A persistence context that is bound to the thread, as with an open session in view, is out of reach of a load. */
class CleanThreadTest {
    private static final Object FACTORY = new Object();

    private final ResourceHolderSupport session = new ResourceHolderSupport() {};

    @BeforeEach
    void bind() {
        TransactionSynchronizationManager.bindResource(FACTORY, session);
    }

    @AfterEach
    void unbind() {
        TransactionSynchronizationManager.unbindResource(FACTORY);
    }

    @Test
    void whatIsBoundIsPutAsideAndGivenBack() throws Exception {
        assertThat(CleanThread.run(() -> TransactionSynchronizationManager.getResource(FACTORY)))
                .isNull();
        assertThat(TransactionSynchronizationManager.getResource(FACTORY)).isSameAs(session);
    }

    @Test
    void evenIfTheLoadFails() {
        assertThatThrownBy(() -> CleanThread.run(() -> {
                    throw new IOException("no database");
                }))
                .isInstanceOf(IOException.class);
        assertThat(TransactionSynchronizationManager.getResource(FACTORY)).isSameAs(session);
    }
}
