// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.source.Shortcoming;
import java.util.List;

/** Looks at whether the database still has all that is needed. For one thread at a time, apart from closing it. */
public interface Inspection extends AutoCloseable {
    /** Everything that is lacking, the mapping's needs included. Takes many queries. */
    List<Shortcoming> look();

    /** Ends a look that is under way, without waiting for the database. Does nothing the second time. */
    @Override
    void close();
}
