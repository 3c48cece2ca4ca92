// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.postgres.tables;

import dev.freshet.core.pipeline.Lookups;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.source.SourceException;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.postgres.connection.WalPosition;
import dev.freshet.protocol.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Look-ups over one connection, which must not be used for anything else. */
public record JdbcLookups(DatabaseView view, Connection connection) implements Lookups {
    @Override
    public Relations relations() {
        try {
            return view.relations(connection);
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    @Override
    public Lsn walEnd() {
        try {
            return WalPosition.read(connection);
        } catch (SQLException e) {
            throw new SourceException(e);
        }
    }

    @Override
    public KeyPatterns patterns(Collection<KeyRule> others) {
        return view.patterns(connection, others);
    }
}
