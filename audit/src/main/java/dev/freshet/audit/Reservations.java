// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.audit;

import dev.freshet.audit.AuditCounts.Unchecked;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What limits the meaning of an audit's result. Immutable.
 *
 * @param nothing whether not a single entry could be called right or wrong
 * @param all messages for people, each with what to do about it
 */
public record Reservations(boolean nothing, List<String> all) {
    public Reservations {
        all = List.copyOf(all);
    }

    /**
     * Finds the reservations.
     *
     * @param mapping hash of the mapping that the audit uses
     * @param coverage of that mapping
     * @param contract of the invalidator of the namespace; empty if there is none
     */
    static Reservations of(
            String namespace, String mapping, Coverage coverage, Optional<Contract> contract, AuditCounts counts) {
        var all = new ArrayList<String>();
        if (contract.isEmpty()) {
            all.add("no invalidator publishes in namespace " + namespace
                    + ", so readers ignore its entries. Expected the namespace of an invalidator's mapping");
        } else if (!contract.get().mapping().equals(mapping)) {
            all.add("the invalidator of namespace " + namespace
                    + " evicts by another mapping than this audit uses: give the invalidator's mapping with --mapping");
        }
        if (contract.map(Contract::coverage).orElse(coverage).isEmpty()) {
            all.add("the mapping evicts no tags, so it keeps no entry of cache-client up to date. Expected `tags: true`"
                    + " in the mapping. Keys of templates are not audited, because their values do not say when they"
                    + " were read");
        }
        boolean nothing = counts.allDecided() == 0;
        if (nothing && counts.allChecked() + counts.allUnchecked() == 0) {
            all.add("no entries were found in namespace " + namespace
                    + ". Expected the namespace that the readers use, and recent reads");
        } else if (nothing && counts.uncheckedFor(Unchecked.NO_SNAPSHOT) > 0) {
            all.add("entries do not contain the snapshot they were loaded with: expected loaders that return"
                    + " Loaded.at(position, snapshot)");
        }
        return new Reservations(nothing, all);
    }
}
