// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.plan.rows.BatchRelations;
import dev.freshet.core.plan.rows.Relations;

/** What is kept for the length of a batch answers as the database does. Each call for relations begins a batch. */
class BatchRelationsTest extends MemoryRelationsTest {
    private BatchRelations batch;

    @Override
    protected Relations relations() throws Exception {
        if (batch == null) {
            batch = new BatchRelations(super.relations());
        }
        batch.forget();
        return batch;
    }
}
