// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.core.plan.Eviction;
import dev.freshet.invalidator.cli.plan.PlanCommand;
import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.DesignGenerator;
import dev.freshet.lab.plan.design.DesignYaml;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.EpisodeGenerator;
import dev.freshet.lab.plan.oracle.Oracle;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Isolate;
import dev.freshet.protocol.Tag;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code invalidator plan} over streams of random changes, which it learns the rows from: it misses nothing either. */
class RecordedStreamTest {
    private static final int MAPPINGS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void nothingIsMissedOfARecordedStream() throws IOException {
        long stale = 0;
        for (int seed = 1; seed <= MAPPINGS; seed++) {
            var random = new Random(seed);
            Design design = new DesignGenerator(random).design();
            Episode episode = new EpisodeGenerator(design, random).episode();
            Path written = folder.resolve("seed-" + seed);
            CaseFile.write(written, episode, List.of(), "");
            Set<String> expected = stale(episode);
            var evicted = new EvictedTargets(List.of(plan(written)));
            assertThat(expected.stream().filter(target -> !evicted.covers(target)))
                    .as(() -> "seed " + written.getFileName() + "\n" + DesignYaml.of(design) + lines(episode))
                    .isEmpty();
            stale += expected.size();
        }
        assertThat(stale).as("stale at all").isGreaterThan(MAPPINGS);
    }

    private static String lines(Episode episode) {
        try {
            return String.join("\n", CaseFile.changes(episode));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Set<String> stale(Episode episode) {
        Mapping mapping = MappingParser.parse("random.yaml", new java.io.StringReader(DesignYaml.of(episode.design())));
        var oracle = new Oracle(mapping);
        var trial = new Trial(episode.design(), new OverEvictions());
        Tables rows = episode.start().copy();
        Set<String> stale = new LinkedHashSet<>();
        Map<String, Set<String>> before = oracle.facts(rows::rows);
        for (Episode.Transaction transaction : episode.transactions()) {
            trial.run(transaction, rows, 1);
            Map<String, Set<String>> after = oracle.facts(rows::rows);
            stale.addAll(Oracle.stale(before, after));
            before = after;
        }
        return stale;
    }

    private static List<Eviction> plan(Path written) throws IOException {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "-m", written.resolve("mapping.yaml").toString(),
                        "-c", written.resolve("changes.jsonl").toString());
        assertThat(exit).as(written + ": " + err).isZero();
        var evictions = new ArrayList<Eviction>();
        for (String line : out.toString().lines().toList()) {
            evictions.add(eviction(JSON.readTree(line)));
        }
        return evictions;
    }

    private static Eviction eviction(JsonNode line) {
        if (line.has("key")) {
            return new Eviction.OfKey(line.get("key").asText(), null, null);
        } else if (line.has("tag")) {
            JsonNode owner = line.get("isolate");
            Isolate isolate = owner.isNull() ? Isolate.SHARED : Isolate.of(owner.asText());
            return new Eviction.OfTag(isolate, new Tag(line.get("tag").asText()), null, null);
        }
        return line.has("keys")
                ? new Eviction.OfKeys(line.get("keys").asText(), null, null)
                : new Eviction.OfTags(line.get("tags").asText(), null, null);
    }
}
