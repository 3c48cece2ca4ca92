// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.audit;

import dev.freshet.invalidator.audit.AuditCounts.Unchecked;
import dev.freshet.protocol.Contract;
import dev.freshet.protocol.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes the outcome of an audit say less than it seems to. Immutable.
 *
 * @param nothing whether not one entry could be called right or wrong
 * @param all for people, each with what to do about it
 */
public record Reservations(boolean nothing, List<String> all) {
    public Reservations {
        all = List.copyOf(all);
    }

    /**
     * Finds them.
     *
     * @param mapping hash of the mapping that the audit goes by
     * @param coverage of that mapping
     * @param contract of the invalidator in the namespace; empty if there is none
     */
    static Reservations of(
            String namespace, String mapping, Coverage coverage, Optional<Contract> contract, AuditCounts counts) {
        var all = new ArrayList<String>();
        if (contract.isEmpty()) {
            all.add("no invalidator publishes in namespace " + namespace
                    + ": readers take nothing from it. Expected the namespace of an invalidator's mapping");
        } else if (!contract.get().mapping().equals(mapping)) {
            all.add("the invalidator of namespace " + namespace
                    + " evicts by another mapping than this audit reads: give its own with --mapping");
        }
        if (contract.map(Contract::coverage).orElse(coverage).isEmpty()) {
            all.add(
                    "the mapping evicts no tags, so no entry of cache-client is kept up to date by it. Expected `tags: true`"
                            + " in the mapping. Keys of templates are not audited: their values do not tell when they were read");
        }
        boolean nothing = counts.allDecided() == 0;
        if (nothing && counts.allChecked() + counts.allUnchecked() == 0) {
            all.add("no entries were found in namespace " + namespace
                    + ". Expected the namespace that the readers use, and that they have read something lately");
        } else if (nothing && counts.uncheckedFor(Unchecked.NO_SNAPSHOT) > 0) {
            all.add("entries do not tell the snapshot that they were loaded with: expected loaders that give it with"
                    + " Loaded.at(position, snapshot)");
        }
        return new Reservations(nothing, all);
    }
}
