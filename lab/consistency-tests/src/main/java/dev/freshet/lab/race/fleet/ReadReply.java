// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fleet;

import dev.freshet.lab.race.source.Answer;
import dev.freshet.lab.race.world.WalPositions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What came of a read in another process.
 *
 * @param reader number of who asked
 * @param answer with the times of that process's clock; null if there is none
 * @param failure why there is no answer; otherwise null
 * @param broken whether that is a failure of the harness itself
 */
record ReadReply(int reader, Answer answer, String failure, boolean broken) {
    static final String ANSWERED = "answered";
    static final String FAILED = "failed";
    static final String BROKEN = "broken";

    private static final String NOTHING = "-";

    static ReadReply answered(int reader, Answer answer) {
        return new ReadReply(reader, answer, null, false);
    }

    static ReadReply failed(int reader, Throwable failure) {
        return new ReadReply(reader, null, failure.toString(), false);
    }

    static ReadReply broken(int reader, Throwable failure) {
        return new ReadReply(reader, null, failure.toString(), true);
    }

    /** Whether a line that begins with this word is such a reply. */
    static boolean isReply(String word) {
        return List.of(ANSWERED, FAILED, BROKEN).contains(word);
    }

    /** As a line, without its end. */
    String line() {
        var number = Integer.toString(reader);
        if (answer == null) {
            return String.join(" ", broken ? BROKEN : FAILED, number, failure.replaceAll("\\s+", " "));
        }
        return String.join(
                " ",
                ANSWERED,
                number,
                Long.toString(answer.started()),
                Long.toString(answer.ended()),
                answer.status(),
                WalPositions.format(answer.position()),
                answer.json() == null ? NOTHING : Base64.getEncoder().encodeToString(answer.json()));
    }

    /** @param words of the line */
    static ReadReply parse(String[] words) {
        int reader = Integer.parseInt(words[1]);
        if (!words[0].equals(ANSWERED)) {
            var failure = String.join(" ", Arrays.asList(words).subList(2, words.length));
            return new ReadReply(reader, null, failure, words[0].equals(BROKEN));
        }
        var json = words[6].equals(NOTHING) ? null : Base64.getDecoder().decode(words[6]);
        return answered(
                reader,
                new Answer(
                        json,
                        words[4],
                        WalPositions.parse(words[5]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3])));
    }
}
