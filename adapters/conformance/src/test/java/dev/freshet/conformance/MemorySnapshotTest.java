// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.conformance;

import dev.freshet.core.gate.SnapshotSource;

class MemorySnapshotTest extends SnapshotSourceConformance {
    private final MemoryDatabase database = new MemoryDatabase();

    @Override
    protected SourceTransaction begin() {
        return database.begin();
    }

    @Override
    protected SnapshotSource source() {
        return database;
    }
}
