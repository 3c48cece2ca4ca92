// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.plan.rows.Relations;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.model.meaning.KeyRule;
import dev.freshet.protocol.Lsn;
import java.util.Collection;

/**
 * What the pipeline queries from the database while it plans. Each call throws a
 * {@link dev.freshet.core.source.SourceException}, or an exception of the driver, if the query fails. One thread.
 */
public interface Lookups {
    /** The rows around a change, as they are now. */
    Relations relations();

    /** A WAL position at or after every commit that any look-up so far has seen. */
    Lsn walEnd();

    /**
     * The patterns of the templates' keys.
     *
     * @param others templates of another mapping
     */
    KeyPatterns patterns(Collection<KeyRule> others);
}
