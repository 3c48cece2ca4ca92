// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.pipeline.Lookups;

class MemoryLookupsTest extends LookupsConformance {
    private final MemoryDatabase database = new MemoryDatabase();

    MemoryLookupsTest() {
        database.create(PLACE, 2, "a", "b", "name");
        database.create(PART, 1, "id", "a", "b");
    }

    @Override
    protected Lookups lookups() {
        return database.lookups(MAPPING);
    }

    @Override
    protected SourceTransaction begin() {
        return database.begin();
    }
}
