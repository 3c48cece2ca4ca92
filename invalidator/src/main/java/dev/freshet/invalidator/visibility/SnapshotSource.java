// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.visibility;

import java.sql.SQLException;

/** Asks the primary for a new snapshot. */
@FunctionalInterface
public interface SnapshotSource {
    Snapshot current() throws SQLException;
}
