// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.support.config.Environment;
import dev.freshet.support.config.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final Path SHOP = Path.of("..", "deploy", "mappings", "rental-shop.yaml");
    private static final Path CONTEXTS = Path.of("..", "deploy", "mappings", "contexts.yaml");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int plan(String... lines) throws IOException {
        return plan(SHOP, List.of(lines));
    }

    private int plan(Path mapping, List<String> lines, String... more) throws IOException {
        Path changes = Files.write(folder.resolve("changes.jsonl"), lines);
        var command = CommandRunner.commandLine(new PlanCommand(), new Environment(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        var arguments = new java.util.ArrayList<String>(List.of("-m", mapping.toString(), "-c", changes.toString()));
        arguments.addAll(List.of(more));
        return command.execute(arguments.toArray(String[]::new));
    }

    private List<String> evictions() {
        return out.toString().lines().toList();
    }

    /** The evictions with their reasons, such as {@code stock:1:7 own}. */
    private List<String> inShort() {
        return evictions().stream()
                .map(line -> line.replaceFirst(
                        "\\{\"(?:key|keys|tag|tags)\":\"([^\"]*)\",(?:\"isolate\":[^,]*,)?\"reason\":\"([^\"]*)\".*",
                        "$1 $2"))
                .toList();
    }

    private static String event(String op, String table, String before, String after, String tx) {
        return """
                {"op":"%s","before":%s,"after":%s,"source":{"schema":"public","table":"%s","txId":%s,"lsn":6699,"ts_ms":1}}""".formatted(op, before, after, table, tx);
    }

    private static String inventory(int id, int film, int store) {
        return "{\"inventory_id\":%d,\"film_id\":%d,\"store_id\":%d}".formatted(id, film, store);
    }

    private static String rental(int id, Integer inventory, Integer customer) {
        return "{\"rental_id\":%d,\"inventory_id\":%s,\"customer_id\":%s}".formatted(id, inventory, customer);
    }

    @Test
    void learnsTheHierarchyFromTheStreamItself() throws IOException {
        int exit = plan(
                event("r", "inventory", "null", inventory(5, 7, 1), "700"),
                event("c", "rental", "null", rental(3, 5, 9), "771"));
        assertThat(exit).isZero();
        assertThat(evictions()).containsExactly("""
                        {"key":"customer:9:rentals","reason":"own","entity":"rental","cause":{"table":"public.rental",\
                        "op":"create","id":{"rental_id":"3"},"tx":771,"lsn":"0/1A2B"}}""", """
                        {"key":"stock:1:7","reason":"own","entity":"rental","cause":{"table":"public.rental",\
                        "op":"create","id":{"rental_id":"3"},"tx":771,"lsn":"0/1A2B"}}""");
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "freshet: 1 change in 1 transaction -> 2 keys, 0 tags, 0 patterns; 1 row of a snapshot");
    }

    @Test
    void aMovedInventoryEvictsTheOldAndTheNewStock() throws IOException {
        plan(
                event("r", "inventory", "null", inventory(5, 7, 1), "700"),
                event("r", "rental", "null", rental(3, 5, 9), "700"),
                event("u", "inventory", inventory(5, 7, 1), inventory(5, 7, 2), "772"));
        assertThat(inShort()).containsExactlyInAnyOrder("stock:1:7 moved-from", "stock:2:7 moved-to");
    }

    @Test
    void eventsOfOneTransactionAreCoalesced() throws IOException {
        plan(
                event("r", "inventory", "null", inventory(5, 7, 1), "700"),
                event("c", "rental", "null", rental(3, 5, 9), "771"),
                event("c", "rental", "null", rental(4, 5, 9), "771"),
                event("c", "rental", "null", rental(6, 5, 9), "772"));
        assertThat(inShort())
                .containsExactly("customer:9:rentals own", "stock:1:7 own", "customer:9:rentals own", "stock:1:7 own");
    }

    @Test
    void aDeleteThatShipsOnlyTheKeyIsCompletedByWhatIsKnown() throws IOException {
        for (String before : List.of(rental(3, 0, 0), rental(3, null, null), "{\"rental_id\":3}")) {
            out.getBuffer().setLength(0);
            plan(
                    event("r", "inventory", "null", inventory(5, 7, 1), "700"),
                    event("r", "rental", "null", rental(3, 5, 9), "700"),
                    event("d", "rental", before, "null", "771"));
            assertThat(inShort()).as(before).containsExactly("customer:9:rentals own", "stock:1:7 own");
        }
    }

    @Test
    void anUpdateWithoutAnOldImageIsCompletedByWhatIsKnown() throws IOException {
        plan(
                event("r", "inventory", "null", inventory(5, 7, 1), "700"),
                event("u", "inventory", "null", inventory(5, 7, 2), "771"));
        assertThat(inShort()).containsExactly("stock:1:7 moved-from", "stock:2:7 moved-to");
    }

    @Test
    void anOldImageThatNobodyKnowsIsEvictedByPattern() throws IOException {
        plan(event("d", "rental", "{\"rental_id\":3}", "null", "771"));
        assertThat(inShort()).containsExactlyInAnyOrder("stock:*:* own", "customer:*:rentals own");
    }

    @Test
    void truncateEvictsByPattern() throws IOException {
        plan("""
                {"op":"t","source":{"schema":"public","table":"actor","txId":1,"lsn":1,"ts_ms":1}}""");
        assertThat(inShort()).contains("actor:* truncated", "film:*:actors truncated");
        assertThat(evictions().get(0)).startsWith("{\"keys\":");
    }

    @Test
    void wrappersPairsAndAsidesAreUnderstood() throws IOException {
        String bare = event("c", "inventory", "null", inventory(5, 7, 1), "771");
        int exit = plan(
                "{\"schema\":{\"type\":\"struct\"},\"payload\":" + bare + "}",
                "{\"key\":{\"inventory_id\":5},\"value\":" + bare + "}",
                "{\"key\":{\"payload\":{\"inventory_id\":5}},\"value\":{\"payload\":" + bare + "}}",
                "",
                "null",
                "{\"schema\":null,\"payload\":null}",
                "{\"key\":{\"inventory_id\":5},\"value\":null}",
                "{\"status\":\"BEGIN\",\"id\":\"771\",\"ts_ms\":1}",
                "{\"ts_ms\":1}",
                "{\"op\":\"m\",\"source\":{\"txId\":1},\"message\":{\"prefix\":\"p\",\"content\":\"\"}}");
        assertThat(exit).isZero();
        assertThat(inShort()).containsExactly("stock:1:7 own");
        assertThat(err.toString()).contains("3 changes in 1 transaction", "7 other lines");
    }

    @Test
    void logicalTypesBecomeTheTextOfPostgres() throws IOException {
        Path mapping = Files.writeString(folder.resolve("types.yaml"), """
                freshet: 1
                entities:
                  t: { table: t, id: id, keys: [ "k|{d}|{n}|{v}|{ts}|{tz}|{b}|{u}|{y}|{tm}" ] }
                """);
        String line = """
                {"schema":{"type":"struct","fields":[{"field":"after","type":"struct","fields":[
                {"field":"id","type":"int32"},
                {"field":"d","type":"int32","name":"io.debezium.time.Date"},
                {"field":"n","type":"bytes","name":"org.apache.kafka.connect.data.Decimal","parameters":{"scale":"2"}},
                {"field":"v","type":"struct","name":"io.debezium.data.VariableScaleDecimal"},
                {"field":"ts","type":"int64","name":"io.debezium.time.MicroTimestamp"},
                {"field":"tz","type":"string","name":"io.debezium.time.ZonedTimestamp"},
                {"field":"b","type":"boolean"},
                {"field":"u","type":"string","name":"io.debezium.data.Uuid"},
                {"field":"y","type":"bytes"},
                {"field":"tm","type":"int64","name":"io.debezium.time.MicroTime"}]}]},
                "payload":{"op":"c","before":null,"after":{"id":1,"d":20487,"n":"BOI=","v":{"scale":1,"value":"fQ=="},
                "ts":1770091506500000,"tz":"2026-02-03T04:05:06.500000+02:00","b":true,
                "u":"00000000-0000-0000-0000-00000000abcd","y":"AP8=","tm":3723000001},
                "source":{"schema":"public","table":"t","txId":1,"lsn":1,"ts_ms":1}}}
                """.replace("\n", "");
        assertThat(plan(mapping, List.of(line))).isZero();
        assertThat(inShort())
                .containsExactly("k|2026-02-03|12.50|12.5|2026-02-03 04:05:06.5|2026-02-03 02:05:06.5+00|true|"
                        + "00000000-0000-0000-0000-00000000abcd|\\\\x00ff|01:02:03.000001 own");
    }

    @Test
    void withoutASchemaValuesAreTakenAsTheyPrint() throws IOException {
        Path mapping = Files.writeString(folder.resolve("types.yaml"), """
                freshet: 1
                entities:
                  t: { table: t, id: id, keys: [ "k|{n}|{b}|{s}" ] }
                """);
        plan(mapping, List.of(event("c", "t", "null", "{\"id\":1,\"n\":12.50,\"b\":false,\"s\":\"a b\"}", "1")));
        assertThat(inShort()).containsExactly("k|12.50|false|a b own");
    }

    @Test
    void unchangedToastCountsAsUnchanged() throws IOException {
        plan(
                event("r", "inventory", "null", inventory(5, 7, 1), "700"),
                event(
                        "u",
                        "inventory",
                        inventory(5, 7, 1),
                        "{\"inventory_id\":5,\"film_id\":7,\"store_id\":\"__debezium_unavailable_value\"}",
                        "771"));
        assertThat(inShort()).isEmpty();
    }

    @Test
    void theHalvesOfAnUpdateOfAKeyAreOneUpdate() throws IOException {
        String first = "{\"headers\":{\"__debezium.newkey\":{}},\"value\":"
                + event("d", "rental", "{\"rental_id\":3}", "null", "771") + "}";
        String second = "{\"headers\":[\"__debezium.oldkey\",\"{}\"],\"payload\":"
                + event("c", "rental", "null", rental(4, 5, 8), "771") + "}";
        String known = event("r", "rental", "null", rental(3, 5, 9), "700");
        int exit = plan(known, first, "null", second);
        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).contains("1 change in 1 transaction");
        assertThat(inShort()).containsExactlyInAnyOrder("customer:9:rentals own", "customer:8:rentals own");

        assertThat(plan(known, first)).isEqualTo(2);
        assertThat(err.toString()).contains("the second half of an update of a key of public.rental is missing");
        assertThat(plan(known, second)).isEqualTo(2);
        assertThat(err.toString()).contains("changes.jsonl:2: the first half of an update of a key of public.rental");
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsNamedByItsColumn() throws IOException {
        String line = """
                {"schema":{"fields":[{"field":"after","fields":[
                {"field":"note","type":"int64","name":"io.debezium.time.MicroTime"}]}]},"payload":
                """.replace("\n", "")
                + event("c", "rental", "null", rental(3, 5, 9).replace("}", ",\"note\":90000000000}"), "1") + "}";
        assertThat(plan(line)).isEqualTo(2);
        assertThat(err.toString()).contains("changes.jsonl:1: column 'note' is no io.debezium.time.MicroTime");
    }

    @Test
    void aBadLineIsNamedAndWhatCameBeforeItIsPlanned() throws IOException {
        int exit = plan(event("c", "inventory", "null", inventory(5, 7, 1), "771"), "{ nonsense");
        assertThat(exit).isEqualTo(2);
        assertThat(inShort()).containsExactly("stock:1:7 own");
        assertThat(err.toString()).contains("changes.jsonl:2: not JSON (column 3): expected one change event");
    }

    @Test
    void aMissingColumnIsNamedWithTableAndLine() throws IOException {
        int exit = plan(event("c", "rental", "null", "{\"rental_id\":3,\"customer_id\":1}", "771"));
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .contains("changes.jsonl:1: 'after' of public.rental lacks column 'inventory_id', which the mapping"
                        + " needs; it has [rental_id, customer_id]");
    }

    @Test
    void unknownTablesAreCounted() throws IOException {
        int exit = plan(event("c", "other", "null", "{\"x\":1}", "1"), event("d", "other", "{\"x\":1}", "null", "1"));
        assertThat(exit).isZero();
        assertThat(err.toString()).contains("not in the mapping: public.other (2 changes)");
    }

    @Test
    void partitionsCanStandForTheirTable() throws IOException {
        String change = event("c", "inventory_p1", "null", inventory(5, 7, 1), "771");
        plan(SHOP, List.of(change), "--partition", "inventory_p1=inventory");
        assertThat(inShort()).containsExactly("stock:1:7 own");
    }

    @Test
    void wrongMappingsAndMissingFilesAreRefused() throws IOException {
        Path mapping = Files.writeString(folder.resolve("bad.yaml"), "freshet: 1\nentitys: {}\n");
        assertThat(plan(mapping, List.of())).isEqualTo(2);
        assertThat(err.toString()).contains("bad.yaml:2:1: unknown key 'entitys' in the mapping; did you mean");
        assertThat(plan(folder.resolve("none.yaml"), List.of())).isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml', which does not exist; expected a mapping");
    }

    @Test
    void tagsCarryTheirIsolate() throws IOException {
        var command = CommandRunner.commandLine(new PlanCommand(), new Environment(Map.of()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        Path changes = Files.write(folder.resolve("c.jsonl"), List.of("""
                {"op":"c","after":{"id":7,"user_id":"u1","project_id":3,"document":"{}","name":"n"},\
                "source":{"schema":"freshet","table":"branch_context","txId":9,"lsn":1,"ts_ms":1}}"""));
        assertThat(command.execute("-m", CONTEXTS.toString(), "-c", changes.toString()))
                .isZero();
        assertThat(evictions())
                .anyMatch(line -> line.startsWith("{\"tag\":\"branch:7\",\"isolate\":\"u1\",\"reason\":\"own\""));
        assertThat(inShort()).contains("project:3/branch listing");
    }

    @Test
    void longValuesAreReadAndWhatIsNestedTooDeepIsRefusedWithItsLine() throws IOException {
        String note = "\"" + "x".repeat(21_000_000) + "\"";
        int exit = plan(
                event("c", "rental", "null", rental(3, null, 9).replace("}", ",\"note\":" + note + "}"), "1"),
                "[".repeat(5000));

        assertThat(exit).isEqualTo(2);
        assertThat(inShort()).contains("customer:9:rentals own");
        assertThat(err.toString())
                .contains("changes.jsonl:2: ")
                .contains("nesting")
                .doesNotContain("Exception");
    }

    @Test
    void byteOrderMarkIsPassedOverAndWhatIsNoTextIsRefused() throws IOException {
        assertThat(plan("\uFEFF" + event("c", "rental", "null", rental(3, null, 9), "1")))
                .isZero();
        assertThat(inShort()).contains("customer:9:rentals own");

        Path packed = Files.write(folder.resolve("changes.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, (byte) 0xff});
        var command = CommandRunner.commandLine(new PlanCommand(), new Environment(Map.of()))
                .setErr(new PrintWriter(err));
        assertThat(command.execute("-m", SHOP.toString(), "-c", packed.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("changes.gz is compressed; expected change events");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() throws IOException {
        Path changes = Files.write(
                folder.resolve("changes.jsonl"), List.of(event("c", "rental", "null", rental(3, null, 9), "1")));
        var full = new PrintWriter(new java.io.Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        var command = CommandRunner.commandLine(new PlanCommand(), new Environment(Map.of()))
                .setOut(full)
                .setErr(new PrintWriter(err));

        assertThat(command.execute("-m", SHOP.toString(), "-c", changes.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("could not write");
    }
}
