// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line of Maven, on a page or in CI, names profiles, modules, tests and properties that exist. */
class MavenLinesTest {
    private static final Set<String> POMS = Tree.files().stream()
            .filter(file -> file.endsWith("pom.xml"))
            .collect(Collectors.toCollection(TreeSet::new));
    private static final String ALL_POMS = POMS.stream().map(Tree::text).collect(Collectors.joining());
    /** Of Maven and its plugins; the others are looked up in poms and sources. */
    private static final Set<String> OF_MAVEN =
            Set.of("test", "skipTests", "maven.test.skip", "surefire.failIfNoSpecifiedTests");

    /** What stands in the sources as a text like the name of a property. */
    private static final Set<String> IN_SOURCES = Tree.files().stream()
            .filter(file -> file.endsWith(".java"))
            .flatMap(file -> Pattern.compile("\"([a-z]+\\.[\\w.]+)\"")
                    .matcher(Tree.text(file))
                    .results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());

    private static final Pattern CI_LINE = Pattern.compile("(?m)^ *(?:- run: )?(mvn .*)$");
    private static final Pattern PROPERTY = Pattern.compile("-D([\\w.]+)(?:=(\\S*))?");

    @Test
    void everyLineNamesWhatExists() {
        var wrong = new ArrayList<String>();
        List<List<String>> lines = lines().toList();
        for (List<String> line : lines) {
            unknown(line).forEach(name -> wrong.add(name + " in " + String.join(" ", line)));
        }
        assertThat(lines).hasSizeGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    /** Such as {@code -Dfreshet.cases=FOLDER}, without the line. */
    @Test
    void everyPropertyThatAPageNamesIsRead() {
        assertThat(Page.all().stream()
                        .flatMap(page -> page.quotes().stream())
                        .filter(quote -> quote.startsWith("-Dfreshet."))
                        .flatMap(quote -> Stream.of(quote.split(" ")))
                        .flatMap(MavenLinesTest::unknownOf))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mvn -Pquick verify                        | profile quick
            mvn -pl invalidatr -am verify             | module invalidatr
            mvn -pl :spring-boot-5-tests verify       | module :spring-boot-5-tests
            mvn verify -Dtest=WalTest,WallTest        | test WalTest
            mvn verify -Dtest=dev.freshet.WallTest    | test dev.freshet.WallTest
            mvn verify -Dfreshet.postgress=15         | property freshet.postgress
            """)
    void aMistakeIsFound(String line, String named) {
        assertThat(unknown(List.of(line.split(" ")))).containsExactly(named);
    }

    private static Stream<List<String>> lines() {
        Stream<List<String>> ofPages = Page.all().stream()
                .flatMap(page -> Stream.concat(
                        page.commands().stream(),
                        page.quotes().stream()
                                .filter(quote -> quote.startsWith("mvn "))
                                .map(quote -> List.of(quote.split(" ")))));
        Stream<List<String>> ofCi = CI_LINE.matcher(Tree.text(".github/workflows/ci.yml") + Tree.text(".ci/run"))
                .results()
                .map(found -> Script.commands(found.group(1)).get(0));
        return Stream.concat(ofPages, ofCi).filter(words -> words.get(0).equals("mvn"));
    }

    private static List<String> unknown(List<String> line) {
        return Stream.iterate(1, i -> i < line.size(), i -> i + 1)
                .flatMap(i -> line.get(i - 1).equals("-pl")
                        ? Stream.of(line.get(i).split(","))
                                .filter(name -> !isModule(name))
                                .map(name -> "module " + name)
                        : unknownOf(line.get(i)))
                .toList();
    }

    private static Stream<String> unknownOf(String word) {
        if (word.startsWith("-P")) {
            String profile = word.substring(2);
            return ALL_POMS.contains("<id>" + profile + "</id>") ? Stream.of() : Stream.of("profile " + profile);
        }
        var property = PROPERTY.matcher(word);
        if (!property.matches()) {
            return Stream.of();
        }
        if (property.group(1).equals("test")) {
            return Stream.of(property.group(2).split(","))
                    .filter(name -> !isTest(name))
                    .map(name -> "test " + name);
        }
        return isRead(property.group(1)) ? Stream.of() : Stream.of("property " + property.group(1));
    }

    private static boolean isModule(String name) {
        return name.startsWith(":")
                ? ALL_POMS.contains("<artifactId>" + name.substring(1) + "</artifactId>")
                : POMS.contains(name + "/pom.xml");
    }

    private static boolean isTest(String name) {
        String path = name.replaceFirst("#.*", "").replace('.', '/');
        return Tree.files().stream().anyMatch(file -> file.endsWith("/" + path + ".java"));
    }

    private static boolean isRead(String property) {
        return OF_MAVEN.contains(property)
                || ALL_POMS.contains("<" + property + ">")
                || ALL_POMS.contains("<name>" + property + "</name>")
                || IN_SOURCES.contains(property);
    }
}
