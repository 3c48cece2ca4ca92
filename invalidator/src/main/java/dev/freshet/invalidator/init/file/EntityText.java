// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.file;

import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftKey;
import dev.freshet.invalidator.init.draft.DraftOwner;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.invalidator.init.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** One entity as lines of YAML. */
final class EntityText {
    private static final String STEP = "  ";

    private final List<String> lines = new ArrayList<>();

    private EntityText() {}

    /** The lines, of which the first is not indented. */
    static List<String> of(DraftEntity entity) {
        var text = new EntityText();
        text.write(entity);
        return text.lines;
    }

    private void write(DraftEntity entity) {
        lines.add(Yaml.scalar(entity.name()) + ":"
                + entity.guess().map(guess -> behind("a guess: " + guess)).orElse(""));
        entity.notes().forEach(note -> lines.add(STEP + "# " + Yaml.comment(note)));
        lines.add(STEP + "table: " + Yaml.scalar(entity.tableText()));
        lines.add(STEP + "id: " + Yaml.list(entity.id()));
        entity.owner().ifPresent(owner -> lines.add(STEP + owner(owner)));
        if (!entity.references().isEmpty()) {
            lines.add(STEP + "references:");
            entity.references().forEach(reference -> lines.add(STEP + STEP + reference(reference)));
        }
        if (!entity.keys().isEmpty()) {
            lines.add(STEP + "keys:");
            entity.keys().forEach(key -> lines.add(STEP + STEP + "- " + key(key)));
            entity.offers().forEach(offer -> lines.add(STEP + STEP + "# - " + offer(offer)));
        }
    }

    private static String owner(DraftOwner owner) {
        String line = "isolate: " + Yaml.scalar(owner.column());
        return owner.needs()
                .map(statement -> "# " + Yaml.comment(line)
                        + behind("a guess (" + owner.why() + "), of use with tags: true; needs: " + statement))
                .orElseGet(() -> line + behind("a guess (" + owner.why() + "), of use with tags: true"));
    }

    /** {@code name: column}, or in full. */
    static String reference(DraftReference reference) {
        String columns = Yaml.list(reference.columns());
        if (reference.toId() && reference.name().equals(reference.entity())) {
            return Yaml.scalar(reference.name()) + ": " + columns;
        }
        return Yaml.scalar(reference.name()) + ": { entity: " + Yaml.scalar(reference.entity()) + ", columns: "
                + columns + (reference.toId() ? "" : ", to: " + Yaml.list(reference.to())) + " }";
    }

    private static String key(DraftKey key) {
        return Yaml.quoted(key.template()) + notes(key);
    }

    private static String notes(DraftKey key) {
        return key.notes().isEmpty() ? "" : behind(String.join("; ", key.notes()));
    }

    private static String offer(DraftEntity.Offer offer) {
        return offer.when()
                .map(condition -> "{ key: " + Yaml.quoted(offer.key().template()) + ", when: " + Yaml.quoted(condition)
                        + " }" + notes(offer.key()))
                .orElseGet(() -> key(offer.key()));
    }

    private static String behind(String comment) {
        return "    # " + Yaml.comment(comment);
    }
}
