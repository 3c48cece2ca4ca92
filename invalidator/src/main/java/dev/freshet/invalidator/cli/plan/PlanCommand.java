// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.plan;

import dev.freshet.core.plan.Eviction;
import dev.freshet.debezium.event.BadEventException;
import dev.freshet.debezium.json.MappedTables;
import dev.freshet.invalidator.cli.CheckedOutput;
import dev.freshet.invalidator.cli.ProgressLine;
import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.text.NotTextException;
import dev.freshet.model.text.TextFile;
import dev.freshet.support.config.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plans a recorded change stream. Needs no PostgreSQL and no Redis. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Shows which keys and tags a recorded change stream makes stale, and why.",
            "Needs no PostgreSQL and no Redis: relations between rows are learned from the stream itself.",
            "With --against: shows only what this mapping evicts and the other does not, and the reverse."
        },
        footerHeading = "%nInput:%n",
        footer = {
            "  Change events in Debezium's JSON envelope, one per line: bare, with schema and payload, or as the",
            "  value of a {\"key\":...,\"value\":...} pair. Consecutive events with the same source.txId form one",
            "  transaction; an event without one is its own transaction. Snapshot rows (op r) are learned and evict",
            "  nothing.",
            "  Tombstones, heartbeats, messages, transaction metadata and blank lines are ignored.",
            "",
            "Output, one JSON object per eviction, each once per transaction, in stream order:",
            "  {\"key\":\"stock:1:7\",\"reason\":\"own\",\"entity\":\"rental\",\"cause\":{\"table\":\"public.rental\",",
            "   \"op\":\"create\",\"id\":{\"rental_id\":\"3\"},\"tx\":771,\"lsn\":\"0/1A2B\"}}",
            "  or \"tag\" and \"isolate\", or \"keys\" or \"tags\" with a pattern, instead of \"key\".",
            "  Reasons: own, listing, inherited, moved-from, moved-to, related, truncated.",
            "  With --against each begins with \"change\": gained, if this mapping alone evicts it in the transaction,",
            "  or lost, if the other alone does.",
            "",
            "Exit codes: 0 done; 1 input or output failed; 2 wrong usage, mapping or event (events before it are",
            "planned)."
        })
public final class PlanCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-m", "--mapping"},
            paramLabel = "FILE",
            description = "Mapping file. Required.")
    private Path mappingFile;

    @Option(
            names = {"-c", "--changes"},
            paramLabel = "FILE",
            required = true,
            description = "Recorded change stream; - for standard input.")
    private String changes;

    @Option(
            names = "--against",
            paramLabel = "OLD",
            description = "Another mapping file, such as the one in use: show only the difference.")
    private Path against;

    @Option(
            names = "--partition",
            paramLabel = "LEAF=TABLE",
            description = "Treat events of a partition as events of its table; may be repeated.")
    private Map<String, String> partitions = Map.of();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Mapping mapping = SourceOptions.mapping(mappingFile);
        Optional<Mapping> other = Optional.ofNullable(against).map(file -> SourceOptions.mapping("--against", file));
        try (BufferedReader in = open()) {
            return plan(mapping, other, in, err);
        } catch (IOException e) {
            err.println(changes + " " + TextFile.what(e) + "; expected change events of Debezium, one JSON per line");
            return e instanceof NotTextException || e instanceof CharacterCodingException ? WRONG : FAILED;
        } catch (UncheckedIOException e) {
            err.println("freshet: could not write: " + e.getCause().getMessage());
            return FAILED;
        }
    }

    private BufferedReader open() throws IOException {
        return changes.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : TextFile.open(Path.of(changes));
    }

    private static TableName table(String text) {
        return TableName.read(text)
                .orElseThrow(() -> ConfigException.bad("--partition", text, "schema.table=schema.table"));
    }

    private int plan(Mapping mapping, Optional<Mapping> other, BufferedReader in, PrintWriter err) throws IOException {
        var leaves = new LinkedHashMap<TableName, TableName>();
        partitions.forEach((leaf, table) -> leaves.put(table(leaf), table(table)));
        var writer = new EvictionWriter(new CheckedOutput(spec.commandLine().getOut()));
        LinePlan.Output out = (change, eviction, of) -> write(writer, change, eviction, of);
        LinePlan plan = other.isPresent()
                ? new PlanDifference(mapping, other.get(), leaves, out)
                : new WholePlan(mapping, leaves, out);
        var summary = new Summary();
        var progress = new ProgressLine(err, System.console() != null, System::nanoTime);
        String problem = planAll(in, plan, summary, progress);
        progress.done();
        flush(writer);
        if (problem != null) {
            err.println(problem);
        }
        err.println(summary.tell(plan.transactions(), plan.total(writer)));
        return problem == null ? 0 : WRONG;
    }

    private static void write(EvictionWriter writer, String change, Eviction eviction, MappedTables tables) {
        try {
            writer.write(change, eviction, tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flush(EvictionWriter writer) {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is wrong with the stream, or null. */
    private String planAll(BufferedReader in, LinePlan plan, Summary summary, ProgressLine progress)
            throws IOException {
        long line = 0;
        try {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                summary.count(plan.line(line == 1 ? withoutMark(text) : text));
                progress.at(line);
            }
            plan.endOfStream();
            return null;
        } catch (BadEventException e) {
            // Changes before the bad line are still planned.
            plan.end();
            return (changes.equals("-") ? "standard input" : changes) + ":" + line + ": " + e.getMessage();
        }
    }

    /** Some editors begin a file with a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
