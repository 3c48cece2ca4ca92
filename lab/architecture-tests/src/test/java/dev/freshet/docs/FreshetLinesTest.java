// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of {@code ./freshet} on a page is understood by the command, and each option that a page names exists. */
class FreshetLinesTest {
    /** Options of other programs that pages name without the program, and where they are. */
    private static final Map<String, String> OF_OTHERS =
            Map.of("--compare", "examples/cached.py", "--work", "protocol/guards/run", "--list", "protocol/guards/run");

    private static final Set<String> OPTIONS = FreshetCommand.options();
    private static final Set<String> LAUNCHERS = Set.of("./freshet", "freshet");

    static Stream<Page> pages() {
        return Page.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLineIsUnderstood(Page page) {
        assertThat(Stream.concat(
                        inBlocks(page).flatMap(line -> refusal(line, FreshetCommand::refusal)),
                        inQuotes(page).flatMap(line -> refusal(line, FreshetCommand::refusalOfMention))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionExists(Page page) {
        var unknown = new ArrayList<String>();
        for (String quote : page.quotes()) {
            String option = quote.split("[^a-z0-9-]", 2)[0];
            boolean isOption = quote.matches("--[a-z].*");
            if (isOption && !OPTIONS.contains(option) && !OF_OTHERS.containsKey(option)) {
                unknown.add(quote);
            }
            if (quote.matches("[a-z]+ --[a-z].*") && isRefusedByAll(quote)) {
                unknown.add(quote);
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void thereAreLinesToLookAt() {
        assertThat(pages().flatMap(FreshetLinesTest::inBlocks)).hasSizeGreaterThan(40);
        assertThat(pages().flatMap(FreshetLinesTest::inQuotes)).hasSizeGreaterThan(40);
        OF_OTHERS.forEach((option, file) -> assertThat(Tree.text(file)).contains(option));
    }

    @ParameterizedTest
    @CsvSource({
        "invalidator check --maping members.yaml, --maping",
        "tail --keys 'profile:*', --keys",
        "invalidator chek, chek",
        "statusx, statusx",
        "status everything, everything",
        "pause --for soon, soon",
        "invalidator run --mapping, --mapping",
        "bench latency --fast, --fast",
        "quickstart --twice, --twice",
        "example spring --twice, --twice",
        "writer --prot 1, --prot",
        "token --user alice, --user"
    })
    void aMistakeIsFound(String line, String named) {
        assertThat(FreshetCommand.refusal(words(line))).get().asString().contains(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalidator check --apply --for-role freshet",
                "invalidator run",
                "purge --all",
                "tail --last N --no-follow",
                "explain TABLE ID",
                "invalidator audit --recent-url …",
                "bench drain --rows N",
                "writer --port 8081",
                "help FR234",
                "--help"
            })
    void whatIsRightIsNot(String line) {
        assertThat(FreshetCommand.refusal(words(line))).isEmpty();
    }

    private static Stream<List<String>> inBlocks(Page page) {
        return page.commands().stream().filter(words -> LAUNCHERS.contains(words.get(0)));
    }

    /** Those in code quotes. A capital NAME stands for any command. */
    private static Stream<List<String>> inQuotes(Page page) {
        return page.quotes().stream()
                .filter(quote -> quote.matches("(\\./)?freshet [^:]*"))
                .map(FreshetLinesTest::words)
                .filter(words -> words.stream().limit(3).noneMatch("NAME"::equals));
    }

    private static Stream<String> refusal(List<String> line, Function<List<String>, Optional<String>> by) {
        return by.apply(line.subList(1, line.size())).map(why -> String.join(" ", line) + ": " + why).stream();
    }

    /** Of a quote like {@code check --apply}: whether no program has such a command. */
    private static boolean isRefusedByAll(String quote) {
        List<String> words = words(quote);
        return Stream.concat(
                        Stream.of(words),
                        FreshetCommand.PROGRAMS.stream()
                                .map(program -> Stream.concat(Stream.of(program), words.stream())
                                        .toList()))
                .allMatch(line -> FreshetCommand.refusalOfMention(line).isPresent());
    }

    private static List<String> words(String line) {
        return Script.commands(line).get(0);
    }
}
