// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.invalidator.InvalidatorMain;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

@Tag("memory")
class TestCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void writeMapping() throws IOException {
        Files.writeString(folder.resolve("m.yaml"), """
                freshet: 1
                entities:
                  org:
                    table: org
                    id: org_id
                    keys:
                      - org:{org_id}
                      - key: profile:{member.id}
                        on: [name]
                  member:
                    table: member
                    id: id
                    references: { org: org_id }
                    parent: org
                    ignored: [last_seen]
                    listed: [name]
                    keys: [ "profile:{id}" ]
                    listing: [ "org:{org_id}:members" ]
                  note: { table: note, id: id, isolate: owner, tags: true }
                """);
    }

    @Test
    void casesThatHoldPass() throws IOException {
        assertThat(test("""
                mapping: m.yaml
                cases:
                  - name: a renamed organisation reaches its members
                    rows:
                      org: { org_id: 1, name: Blue }
                      public.member: [ { id: 7, org_id: 1 }, { id: 8, org_id: 1 }, { id: 9, org_id: 2 } ]
                    change: { update: org, new: { org_id: 1, name: Red } }
                    expect: [ org:1, profile:7, profile:8 ]
                  - name: a member moves
                    rows: { member: { id: 7, org_id: 1, name: Ada } }
                    change: { update: member, old: { id: 7 }, new: { org_id: 2 } }
                    expect: { keys: [ profile:7, org:1:members, org:2:members ] }
                  - name: what is ignored evicts nothing
                    rows: { member: { id: 7, org_id: 1, last_seen: 2026-01-01 00:00:00+00 } }
                    change: { update: member, new: { id: 7, last_seen: 2026-01-02 00:00:00+00 } }
                    expect: []
                  - name: several changes are one transaction
                    change:
                      - { insert: member, new: { id: 7, org_id: 1 } }
                      - { delete: member, old: { id: 7 } }
                    expect: []
                  - name: a row that is not among the rows is what old says
                    change: { delete: member, old: { id: 7, org_id: 3 } }
                    expect: [ profile:7, "org:3:members" ]
                  - name: truncate goes by pattern
                    change: { truncate: member }
                    expect: { keys: [], key-patterns: [ "profile:*", "org:*:members" ] }
                  - name: another id is another row
                    rows: { member: { id: 7, org_id: 1 } }
                    change: { update: member, old: { id: 7 }, new: { id: 8 } }
                    expect: [ profile:7, profile:8, org:1:members ]
                  - name: a tag has an owner
                    change: { insert: note, new: { id: 1, owner: u1 } }
                    expect: { tags: [ { tag: "note:1", isolate: u1 } ] }
                  - name: keys that nobody asked for are not compared
                    change: { insert: note, new: { id: 1 } }
                    expect: { tags: note:1 }
                """)).as(err::toString).isZero();
        assertThat(out.toString())
                .contains("ok    a member moves", "9 cases, 0 failed;")
                .doesNotContain("FAIL");
    }

    @Test
    void aDifferenceIsNamedWithItsRuleAndItsLine() throws IOException {
        assertThat(test("""
                mapping: m.yaml
                cases:
                  - name: wrong
                    rows:
                      member: { id: 7, org_id: 1 }
                    change: { update: org, old: { org_id: 1, name: a }, new: { name: b } }
                    expect:
                      - org:1
                      - org:1:members
                """)).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAIL  wrong    " + file() + ":3:5")
                .contains("        missing  org:1:members    expected at " + file() + ":9:9")
                .contains("        surplus  profile:7    own: update of public.org, by profile:{member.id} at "
                        + folder.resolve("m.yaml") + ":8:14")
                .contains("1 case, 1 failed; 2 of ");
    }

    @Test
    void coverageTellsWhatWasNotTried() throws IOException {
        assertThat(test("""
                mapping: m.yaml
                cases:
                  - name: one
                    change: { insert: member, new: { id: 7, org_id: 1 } }
                    expect: [ profile:7, org:1:members ]
                """, "--coverage")).isZero();
        assertThat(out.toString())
                .contains("profile:{member.id}    " + folder.resolve("m.yaml") + ":8:14\n"
                        + "  org: no insert, no update, no delete\n  member: no insert, no update, no delete\n")
                .contains("  member: insert, no update, no delete\n")
                .contains("tags    " + folder.resolve("m.yaml") + ":1:1\n  note: no insert, no update, no delete\n")
                // Two templates of org, one of them also by member; two of member; the tags of note.
                .contains("1 case, 0 failed; 2 of 18 operations on tables of rules covered");
    }

    @Test
    void resultsAreWrittenForBuildServers() throws Exception {
        Path xml = folder.resolve("out.xml");
        assertThat(test("""
                mapping: m.yaml
                cases:
                  - { name: "right <&> \\x01", change: { insert: org, new: { org_id: 1 } }, expect: [ org:1 ] }
                  - { name: wrong, change: { insert: org, new: { org_id: 1 } }, expect: [] }
                """, "--junit", xml.toString())).isEqualTo(1);
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(xml.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        var cases = suite.getElementsByTagName("testcase");
        assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("right <&> ?");
        assertThat(((Element) cases.item(0)).getElementsByTagName("failure").getLength())
                .isZero();
        assertThat(((Element) cases.item(1)).getAttribute("line")).isEqualTo("4");
        assertThat(cases.item(1).getTextContent()).contains("surplus  org:1");
    }

    @Test
    void theOptionsMappingWins() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other.yaml"),
                "freshet: 1\nentities: { org: { table: org, id: org_id, keys: [ 'o:{org_id}' ] } }\n");
        assertThat(test("""
                mapping: m.yaml
                cases: [ { name: a, change: { insert: org, new: { org_id: 1 } }, expect: [ o:1 ] } ]
                """, "--mapping", other.toString())).as(out::toString).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            cases: []                                       | :2:8: cases: expected a list of at least one case
            case: 1                                         | :2:1: unknown key 'case' in the file of cases; did you mean 'cases'?
            mapping: m.yaml                                 | :2:1: 'mapping' stands twice
            cases: [ {} ]                                   | :2:10: the case has no 'name', which is required
            cases: [ { name: a, change: { insert: orgs, new: {} }, expect: [] } ] | unknown table or entity 'orgs'; did you mean 'org'?
            cases: [ { name: a, change: { insert: org, new: { name: x } }, expect: [] } ] | a row of org has no value for 'org_id', part of its id; it has name
            cases: [ { name: a, change: { insert: org }, expect: [] } ]           | insert needs 'new'
            cases: [ { name: a, change: { insert: org, old: { org_id: 1 }, new: { org_id: 1 } }, expect: [] } ] | insert has no 'old' row
            cases: [ { name: a, change: { delete: org }, expect: [] } ]           | delete needs 'old'
            cases: [ { name: a, change: { delete: org, old: { org_id: 1 }, new: {} }, expect: [] } ] | delete has no 'new' row
            cases: [ { name: a, change: { old: {} }, expect: [] } ]               | a change has none of insert, update, delete and truncate
            cases: [ { name: a, change: [], expect: [] } ]                        | change is an empty list
            cases: [ { name: a, change: { update: org, new: { org_id: 1 } }, expect: [] } ] | no row of org with this id exists; expected it among 'rows'
            cases: [ { name: a, rows: { org: [ { org_id: 1 }, { org_id: 1 } ] }, change: { truncate: org }, expect: [] } ] | a row of org with this id exists already
            cases: [ { name: a, rows: { org: { org_id: 1, name: x } }, change: { delete: org, old: { org_id: 1, name: y } }, expect: [] } ] | has another value in column 'name'
            cases: [ { name: a, change: { truncate: org }, expect: { key: [] } } ] | unknown key 'key' in expect; did you mean 'keys'?
            cases: [ { name: a, change: { truncate: org }, expect: [ a, a ] } ]   | 'a' stands twice in expect
            cases: [ { name: a, change: { truncate: org }, expect: } ]            | expect: expected a list, [] for none
            cases: [ { name: a, change: { insert: org, new: { org_id: [1] } }, expect: [] } ] | org_id of org: expected the text that PostgreSQL prints, found a list
            cases: [ { name: a, change: { truncate: org }, expect: { tags: [ { tag: x } ] } } ] | a tag of an owner needs both 'tag' and 'isolate'
            """)
    void aMistakeIsNamedWithItsPlace(String text, String expected) throws IOException {
        assertThat(test("mapping: m.yaml\n" + text + "\n")).as(out::toString).isEqualTo(2);
        assertThat(err.toString()).contains(file() + ":2:").contains(expected);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void allMistakesOfAFileAreToldAtOnce() throws IOException {
        assertThat(test("""
                mapping: m.yaml
                cases:
                  - { name: a, change: { insert: nowhere, new: {} }, expect: [] }
                  - { name: a, change: { truncate: org }, expect: 3, why: x }
                """)).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith(file() + ":3:") && line.contains("nowhere"))
                .anyMatch(line -> line.startsWith(file() + ":4:") && line.contains("'a' stands twice, first in line 3"))
                .anyMatch(line -> line.startsWith(file() + ":4:") && line.contains("unknown key 'why' in a case"));
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        assertThat(run("test", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("which does not exist; expected cases: YAML in UTF-8");
        err.getBuffer().setLength(0);
        assertThat(test("mapping: none.yaml\ncases: []\n")).isEqualTo(2);
        assertThat(err.toString()).contains(file() + ":1:10: mapping: there is no file ");
        err.getBuffer().setLength(0);
        assertThat(test("cases: []\n")).isEqualTo(2);
        assertThat(err.toString()).contains("FRESHET_MAPPING is not set; expected a mapping file");
        err.getBuffer().setLength(0);
        assertThat(test("""
                mapping: m.yaml
                cases: [ { name: a, change: { insert: org, new: { org_id: 1 } }, expect: [ org:1 ] } ]
                """, "--junit", folder.resolve("none/x.xml").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("could not write ");
    }

    private Path file() {
        return folder.resolve("cases.yaml");
    }

    private int test(String cases, String... more) throws IOException {
        Files.writeString(file(), cases);
        var arguments = new ArrayList<>(List.of("test", file().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return CommandRunner.commandLine(new InvalidatorMain(), new Environment(Map.of()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
