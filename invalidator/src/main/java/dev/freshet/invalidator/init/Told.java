// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.invalidator.init.draft.Draft;
import dev.freshet.invalidator.init.draft.DraftEntity;
import dev.freshet.invalidator.init.draft.DraftReference;
import dev.freshet.invalidator.init.file.ExistingFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is told of a draft on standard error. */
final class Told {
    private static final int MANY = 20;

    private Told() {}

    static void drafted(
            PrintWriter err,
            Path file,
            boolean existed,
            List<DraftEntity> added,
            Map<String, List<DraftReference>> references,
            Draft draft,
            NotesBook book) {
        if (existed) {
            lines(err, "new: ", added.stream().map(Told::name).toList());
            references.forEach((entity, all) -> lines(
                    err,
                    "new reference of entity " + entity + ": ",
                    all.stream().map(ExistingFile::reference).toList()));
            lines(err, "not in the database any more: ", book.gone());
            lines(err, "no reference follows the foreign key of ", book.unfollowed(references));
        } else {
            err.println(count(added.size(), "table") + " mapped, "
                    + count(added.stream().mapToInt(e -> e.references().size()).sum(), "reference"));
        }
        if (!draft.leftOut().isEmpty()) {
            err.println(count(draft.leftOut().size(), "table or view", "tables or views") + " not mapped: "
                    + draft.leftOut().keySet().stream()
                            .limit(MANY)
                            .map(Object::toString)
                            .collect(Collectors.joining(", "))
                    + (draft.leftOut().size() > MANY ? ", …" : "") + "; the end of " + file + " says why");
        }
    }

    private static String name(DraftEntity entity) {
        return "entity " + entity.name() + ", table " + entity.table();
    }

    private static void lines(PrintWriter err, String begin, List<String> lines) {
        lines.stream().limit(MANY).forEach(line -> err.println(begin + line));
        if (lines.size() > MANY) {
            err.println(begin + (lines.size() - MANY) + " more");
        }
    }

    private static String count(long number, String what) {
        return count(number, what, what + "s");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
