// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** The versions of rows in the application's tables, as an audit reads them. */
public interface RowVersions {
    /** The {@code system_identifier} of the database's cluster. */
    String systemIdentifier() throws SQLException;

    /** The database's name. */
    String database() throws SQLException;

    /**
     * The names of the entities for which every update makes the row's tag stale: no column is ignored, and the WAL
     * does not show whether an update changed anything.
     */
    Set<String> alwaysStaleByUpdate() throws SQLException;

    /**
     * Looks up rows and lists, all in one snapshot.
     *
     * @param lists maps each list to the oldest transaction id that matters for it
     */
    Facts read(Set<RowKey> rows, Map<ListKey, Long> lists) throws SQLException;
}
