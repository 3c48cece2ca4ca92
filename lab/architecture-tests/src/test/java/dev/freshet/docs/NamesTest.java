// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages name of the code is there: files, packages, classes, modules. */
class NamesTest {
    /** They name classes of ours alone. */
    private static final Set<String> ABOUT_CODE = Set.of(
            "CONTRIBUTING.md",
            "docs/architecture.md",
            "docs/argument.md",
            "docs/consistency-tests.md",
            "docs/faults.md",
            "docs/protocol.md");

    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");

    static Stream<Page> pages() {
        return Page.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyNameIsThere(Page page) {
        boolean aboutCode = ABOUT_CODE.contains(page.name());
        assertThat(page.quotes())
                .filteredOn(quote -> isMissing(quote, aboutCode))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.freshet.core.plans",
        "dev.freshet.core.plan.Plannerr",
        "deploy/prometheus/alarms.yaml",
        "docs/no-such-page.md",
        "NoSuchTest",
        "Gap.Kinds",
        "Walls",
        "plan.joins"
    })
    void whatIsNotThereIsFound(String name) {
        assertThat(isMissing(name, true)).isTrue();
    }

    @Test
    void theTableOfRoomsHasEveryModuleAndNoOther() {
        Set<String> modules = MODULE.matcher(Tree.text("pom.xml"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rooms = Tree.text("docs/architecture.md")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> QUOTE.matcher(line.split("\\|")[1]).results())
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("-"))
                .collect(Collectors.toSet());
        assertThat(modules)
                .hasSizeGreaterThan(30)
                .allMatch(module -> rooms.contains(module) || rooms.contains(module.replaceFirst(".*/", "")));
        assertThat(rooms)
                .allMatch(room -> isFolder(room) || modules.stream().anyMatch(module -> module.endsWith("/" + room)));
    }

    @Test
    void everyPatchThatTheProtocolNamesIsThere() {
        var named = new TreeSet<String>();
        boolean inTable = false;
        for (String line : Tree.text("docs/protocol.md").lines().toList()) {
            inTable = line.endsWith("| patch |") || inTable && line.startsWith("|");
            if (inTable) {
                QUOTE.matcher(line.substring(line.lastIndexOf('|', line.length() - 2)))
                        .results()
                        .forEach(found -> named.add(found.group(1)));
            }
        }
        assertThat(named).hasSizeGreaterThan(100).allMatch(name -> Tree.has("protocol/guards/" + name + ".patch"));
    }

    @Test
    void everyTestThatTheProtocolNamesIsThere() {
        Set<String> tests = Tree.files().stream()
                .filter(file -> file.endsWith("Test.java"))
                .flatMap(file -> METHOD.matcher(Tree.text(file)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Page protocol = Page.parse("docs/protocol.md", Tree.text("docs/protocol.md"));
        assertThat(protocol.quotes())
                .filteredOn(quote -> quote.matches("[a-z]+([A-Z][a-z]*){3,}"))
                .isNotEmpty()
                .allMatch(tests::contains);
    }

    private static boolean isMissing(String quote, boolean aboutCode) {
        if (quote.matches("dev(\\.\\w+){2,}")) {
            return !isPackage(quote) && !isClass(quote) && !isMember(quote);
        }
        if (quote.matches("[\\w.-]+(/[\\w.-]+)+/?") && isFolder(quote.replaceFirst("/.*", ""))) {
            return !quote.contains("/target/") && !Tree.has(quote);
        }
        if (quote.matches("[A-Z]\\w+Test")) {
            return !isClass(quote);
        }
        if (aboutCode && quote.matches("[A-Z]\\w*[a-z]\\w*(\\.\\w+)?")) {
            return !isClass(quote) && !isMember(quote);
        }
        if (aboutCode && quote.matches("[a-z]+(\\.[a-z]+)+")) {
            return !isPackage(quote) && Tree.files().stream().noneMatch(file -> ("/" + file).endsWith("/" + quote));
        }
        return false;
    }

    private static boolean isFolder(String name) {
        return Tree.files().stream().anyMatch(file -> file.startsWith(name + "/"));
    }

    private static boolean isPackage(String name) {
        String path = "/" + name.replace('.', '/') + "/";
        return Tree.files().stream().anyMatch(file -> file.contains("/java/dev/freshet/") && file.contains(path));
    }

    private static boolean isClass(String name) {
        String path = "/" + name.replace('.', '/') + ".java";
        return Tree.files().stream().anyMatch(file -> file.endsWith(path));
    }

    /** A method, a constant or a class of a class. */
    private static boolean isMember(String name) {
        List<String> parts = List.of(name.split("\\.(?=\\w+$)"));
        if (parts.size() < 2) {
            return false;
        }
        String path = "/" + parts.get(0).replace('.', '/') + ".java";
        var word = Pattern.compile("\\b" + parts.get(1) + "\\b");
        return Tree.files().stream()
                .filter(file -> file.endsWith(path))
                .anyMatch(file -> word.matcher(Tree.text(file)).find());
    }
}
