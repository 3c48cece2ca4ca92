// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init.keys;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.english.Singular;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the entities that literal text speaks of. */
final class EntityWords {
    private static final int LONGEST_NAME = 4;

    private final Map<String, DraftEntity> byWord = new HashMap<>();

    EntityWords(Draft draft) {
        // Names of entities first: they are unique, names of tables are not.
        draft.entities().forEach(entity -> byWord.putIfAbsent(flat(entity.name()), entity));
        draft.entities()
                .forEach(entity -> byWord.putIfAbsent(flat(entity.table().table()), entity));
        Map<String, List<DraftEntity>> shortNames = new HashMap<>();
        for (DraftEntity entity : draft.entities()) {
            Stream.of(entity.name(), entity.table().table())
                    .map(EntityWords::withoutFirstWord)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .forEach(name -> shortNames
                            .computeIfAbsent(name, ignored -> new ArrayList<>())
                            .add(entity));
        }
        shortNames.forEach((name, entities) -> {
            if (entities.size() == 1) {
                byWord.putIfAbsent(name, entities.get(0));
            }
        });
    }

    /** Many frameworks put the application's name before those of its tables: {@code auth_user}. */
    private static String withoutFirstWord(String name) {
        List<String> words = words(name);
        return flat(String.join("", words.subList(Math.min(1, words.size()), words.size())));
    }

    /**
     * An entity in a text.
     *
     * @param behind the words that follow it
     */
    record Mention(DraftEntity entity, List<String> behind) {}

    /** The last entity that the text mentions. */
    Optional<Mention> last(String text) {
        List<String> words = words(text);
        for (int end = words.size(); end > 0; end--) {
            for (int start = Math.max(0, end - LONGEST_NAME); start < end; start++) {
                Optional<DraftEntity> entity = named(flat(String.join("", words.subList(start, end))));
                if (entity.isPresent()) {
                    return Optional.of(new Mention(entity.get(), List.copyOf(words.subList(end, words.size()))));
                }
            }
        }
        return Optional.empty();
    }

    /** By its name, or by the plural of it. */
    private Optional<DraftEntity> named(String word) {
        return Optional.ofNullable(byWord.get(word)).or(() -> Singular.of(word).map(byWord::get));
    }

    static List<String> words(String text) {
        var words = new ArrayList<>(Arrays.asList(text.split("[^\\p{L}\\p{N}]+")));
        words.removeIf(String::isEmpty);
        return words;
    }

    static String flat(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
