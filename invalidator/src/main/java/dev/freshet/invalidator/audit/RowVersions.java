// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** The application's tables, as an audit asks for them. */
public interface RowVersions {
    /** {@code system_identifier} of the database's cluster. */
    String systemIdentifier() throws SQLException;

    /** The database's name. */
    String database() throws SQLException;

    /**
     * Names of the entities of which every update makes the row's tag stale: nothing is ignored, and the WAL does not tell
     * an update that changes nothing from another.
     */
    Set<String> alwaysStaleByUpdate() throws SQLException;

    /**
     * Looks rows up, all in one snapshot.
     *
     * @param lists with the oldest transaction id that matters for each
     */
    Facts read(Set<RowKey> rows, Map<ListKey, Long> lists) throws SQLException;
}
