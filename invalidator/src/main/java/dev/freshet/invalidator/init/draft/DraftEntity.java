// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.draft;

import dev.freshet.model.mapping.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The entity of one table.
 *
 * @param guess what of the name is guessed, if anything
 * @param owner the column that probably isolates owners from each other
 * @param offers further keys, written as comments
 * @param notes what else to say about the table, a line each
 */
public record DraftEntity(
        String name,
        Optional<String> guess,
        TableName table,
        List<String> id,
        Optional<DraftOwner> owner,
        List<DraftReference> references,
        List<DraftKey> keys,
        List<Offer> offers,
        List<String> notes) {
    /**
     * A key template that the catalogue suggests, and that only the user can want: it is written as a comment.
     *
     * @param when its condition
     */
    public record Offer(DraftKey key, Optional<String> when) {}

    public DraftEntity {
        id = List.copyOf(id);
        references = List.copyOf(references);
        keys = List.copyOf(keys);
        offers = List.copyOf(offers);
        notes = List.copyOf(notes);
    }

    /** The same with other keys, and without the offers that look like one of them. */
    public DraftEntity withKeys(List<DraftKey> others) {
        List<Offer> left = offers.stream()
                .filter(offer -> others.stream()
                        .noneMatch(key -> key.looks().equals(offer.key().looks())))
                .toList();
        return new DraftEntity(name, guess, table, id, owner, references, others, left, notes);
    }

    /** The table as the mapping names it. */
    public String tableText() {
        return Sayable.text(table);
    }
}
