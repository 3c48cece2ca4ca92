// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.source.Shortcoming;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Coverage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What a run queries about the application's tables. */
public interface DatabaseView {
    /** Where the mapping does not fit the tables, with the statements that fix it. */
    List<Shortcoming> shortcomings(Connection connection) throws SQLException;

    /** Which tags are purged by changes of the tables. */
    Coverage coverage(Connection connection);

    /**
     * The patterns of the templates' keys, by the types that the columns have now and had at earlier calls.
     *
     * @param others templates of another mapping
     */
    KeyPatterns patterns(Connection connection, Collection<KeyRule> others);

    /** Look-ups over this connection, which must not be used for anything else. */
    Relations relations(Connection connection) throws SQLException;
}
