// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run.source;

import dev.freshet.core.source.Shortcoming;
import java.util.List;

/** What the database must have: tables that fit the mapping, a publication, a slot, and rights. One thread. */
public interface Preparations {
    /** Where the tables do not fit the mapping. */
    List<Shortcoming> mappingShortcomings();

    /** What publication, slot and rights lack. */
    List<Shortcoming> sourceShortcomings();

    /**
     * Creates or changes what is lacking, as far as the role has the right to. Can take minutes: a slot is made only
     * when every transaction that was writing has ended.
     *
     * @return whether anything was created or changed
     * @throws dev.freshet.core.source.SetupException if something is lacking that the role has no right to fix
     */
    boolean mend();

    /** Identifies the publication. It changes when the publication is changed, even if it is changed back. */
    String publication();
}
