// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit.rows;

import java.util.Map;
import java.util.Set;

/**
 * The versions of rows in the application's tables, as an audit reads them. Each method throws
 * {@link UnavailableException} if the database cannot be read.
 */
public interface RowVersions {
    /** The database could not be read. The cause says why. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** The {@code system_identifier} of the database's cluster. */
    String systemIdentifier();

    /** The database's name. */
    String database();

    /**
     * The names of the entities for which every update makes the row's tag stale: no column is ignored, and the WAL
     * does not show whether an update changed anything.
     */
    Set<String> alwaysStaleByUpdate();

    /**
     * Looks up rows and lists, all in one snapshot.
     *
     * @param lists maps each list to the oldest transaction id that matters for it
     */
    RowStates read(Set<RowKey> rows, Map<ListKey, Long> lists);
}
