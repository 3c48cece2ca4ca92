// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftKey;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.invalidator.init.keys.EntityWords.Mention;
import dev.freshet.invalidator.init.keys.KeyShape.Kind;
import dev.freshet.invalidator.init.keys.KeyShape.Piece;
import dev.freshet.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds templates that make keys of a shape: each value is a column of the row that the text before it speaks of. */
final class KeyMatcher {
    private static final Set<String> PAGING =
            Set.of("page", "pages", "p", "offset", "limit", "cursor", "after", "before", "top", "latest", "recent");
    private static final Pattern SEGMENT = Pattern.compile("(?<=[:/|])[^:/|{}]+(?=[:/|}]|$)");

    private final Schema schema;
    private final EntityWords words;
    private final Fit fit;

    KeyMatcher(Draft draft, Schema schema) {
        this.schema = schema;
        this.words = new EntityWords(draft);
        this.fit = new Fit(schema);
    }

    /** A template of an entity. */
    record Match(String entity, DraftKey key) {}

    /** Values that follow each other behind the same words. */
    private record Group(Mention subject, List<Kind> values) {}

    /** The templates: of the entity that the last value identifies, and of one whose rows the key lists. */
    List<Match> matches(KeyShape shape) {
        Optional<List<Group>> groups = groups(shape);
        if (groups.isEmpty() || groups.get().isEmpty()) {
            return List.of();
        }
        List<Group> found = groups.get();
        DraftEntity base = found.get(found.size() - 1).subject().entity();
        var matches = new ArrayList<Match>();
        columns(base, found).ifPresent(columns -> {
            matches.add(new Match(base.name(), key(shape, columns)));
            if (columns.equals(base.id())) {
                listed(shape, base).ifPresent(matches::add);
            }
        });
        return matches;
    }

    private Optional<List<Group>> groups(KeyShape shape) {
        var groups = new ArrayList<Group>();
        String before = "";
        for (Piece piece : shape.pieces()) {
            if (!piece.isValue()) {
                before = piece.text();
            } else if (!groups.isEmpty() && EntityWords.words(before).isEmpty()) {
                groups.get(groups.size() - 1).values().add(piece.kind());
            } else {
                Optional<Mention> subject = words.last(before);
                if (subject.isEmpty()) {
                    return Optional.empty();
                }
                groups.add(new Group(subject.get(), new ArrayList<>(List.of(piece.kind()))));
                before = "";
            }
        }
        return Optional.of(groups);
    }

    /** The columns of the row that the values are, all of them in order. */
    private Optional<List<String>> columns(DraftEntity base, List<Group> groups) {
        var columns = new ArrayList<String>();
        for (Group group : groups.subList(0, groups.size() - 1)) {
            Optional<List<String>> reference = base.references().stream()
                    .filter(each ->
                            each.entity().equals(group.subject().entity().name()) && each.toId())
                    .map(DraftReference::columns)
                    .filter(each -> fit.fits(group.values(), base.table(), each))
                    .findFirst();
            if (reference.isEmpty()) {
                return Optional.empty();
            }
            columns.addAll(reference.get());
        }
        Group last = groups.get(groups.size() - 1);
        Optional<List<String>> own = own(base, last, columns);
        own.ifPresent(columns::addAll);
        return own.map(each -> List.copyOf(columns));
    }

    /** Whether keys of this shape hold a value that no row has: whatever rows such a key shows, none of them names it. */
    boolean isOfNoRow(KeyShape shape) {
        List<String> before = List.of();
        for (Piece piece : shape.pieces()) {
            if (piece.kind() == Kind.HASH
                    || piece.isValue() && !before.isEmpty() && isOfNoRow(before.get(before.size() - 1), piece.kind())) {
                return true;
            }
            before = EntityWords.words(piece.text());
        }
        return false;
    }

    /**
     * Whether the value says which rows a key lists, and is of none of them: the number of a page, or a hash of what was
     * asked for.
     */
    private static boolean isOfNoRow(String word, Kind value) {
        return value == Kind.HASH || PAGING.contains(EntityWords.flat(word));
    }

    /** The columns behind the entity's own name: one that is named, or those of the id that are still lacking. */
    private Optional<List<String>> own(DraftEntity base, Group group, List<String> used) {
        List<String> behind = group.subject().behind();
        if (group.values().size() == 1 && !behind.isEmpty()) {
            Optional<String> named = named(base, String.join("", behind))
                    .or(() -> named(base, behind.get(behind.size() - 1)))
                    .filter(column -> fit.fits(group.values().get(0), base.table(), column));
            if (named.isPresent()) {
                return named.map(List::of);
            }
        }
        if (!behind.isEmpty()
                && isOfNoRow(behind.get(behind.size() - 1), group.values().get(0))) {
            return Optional.empty();
        }
        if (fit.fits(group.values(), base.table(), base.id())) {
            return Optional.of(base.id());
        }
        var lacking = new ArrayList<>(base.id());
        lacking.removeAll(used);
        return fit.fits(group.values(), base.table(), lacking) ? Optional.of(lacking) : Optional.empty();
    }

    private Optional<String> named(DraftEntity entity, String word) {
        return schema.byName().get(entity.table()).columns().keySet().stream()
                .filter(column -> EntityWords.flat(column).equals(EntityWords.flat(word)))
                .findFirst();
    }

    /** {@code user:<number>:orders}: a list of the rows that refer to the user. */
    private Optional<Match> listed(KeyShape shape, DraftEntity base) {
        Piece end = shape.pieces().get(shape.pieces().size() - 1);
        return end.isValue()
                ? Optional.empty()
                : words.last(end.text())
                        .filter(mention -> mention.behind().isEmpty())
                        .map(Mention::entity)
                        .flatMap(shown -> shown.references().stream()
                                .filter(each -> each.entity().equals(base.name()) && each.toId())
                                .findFirst()
                                .map(reference -> new Match(shown.name(), key(shape, reference.columns()))));
    }

    /**
     * Text ids are words like any other: {@code page:imprint:body}. The shapes in which the word behind the name of an
     * entity with such an id is a value.
     */
    List<KeyShape> withTextIds(KeyShape shape) {
        var shapes = new ArrayList<KeyShape>();
        for (int i = 0; i < shape.pieces().size(); i++) {
            Piece piece = shape.pieces().get(i);
            boolean last = i == shape.pieces().size() - 1;
            Matcher segment = SEGMENT.matcher(piece.text());
            while (segment.find()) {
                // What ends where a value begins is a part of a word.
                boolean whole = last || segment.end() < piece.text().length();
                if (whole && isBehindTextId(piece.text().substring(0, segment.start()))) {
                    shapes.add(shape.withText(i, segment.start(), segment.end()));
                }
            }
        }
        return shapes;
    }

    private boolean isBehindTextId(String before) {
        return words.last(before)
                .filter(mention -> mention.behind().isEmpty())
                .map(Mention::entity)
                .filter(entity -> fit.fits(List.of(Kind.TEXT), entity.table(), entity.id()))
                .isPresent();
    }

    private static DraftKey key(KeyShape shape, List<String> columns) {
        var parts = new ArrayList<DraftKey.Part>();
        int value = 0;
        for (Piece piece : shape.pieces()) {
            parts.add(
                    piece.isValue() ? DraftKey.Part.column(columns.get(value++)) : DraftKey.Part.literal(piece.text()));
        }
        return new DraftKey(parts, List.of());
    }
}
