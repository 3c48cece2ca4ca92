// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.invalidator.plan.Relations;
import dev.freshet.model.mapping.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Lsn;
import java.sql.SQLException;
import java.util.Collection;

/** What the pipeline asks of the database while it plans. One thread. */
interface Lookups {
    /** The rows around a change, as they are now. */
    Relations relations() throws SQLException;

    /** At or past every commit that any look-up answered so far has seen. */
    Lsn walEnd() throws SQLException;

    /**
     * What the templates' keys look like.
     *
     * @param others templates of another mapping
     */
    KeyPatterns patterns(Collection<KeyRule> others);
}
