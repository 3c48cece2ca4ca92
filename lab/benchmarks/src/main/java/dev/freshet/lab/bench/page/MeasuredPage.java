// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.page;

import dev.freshet.lab.bench.bar.BarTable;
import dev.freshet.lab.bench.bar.Bars;
import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.ResultTable;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.StoredRun;
import dev.freshet.lab.bench.result.StoredRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The measured part of a page, between two marks, and the charts that it shows. */
public final class MeasuredPage {
    static final String BEGIN = "<!-- What follows is written by ./freshet bench report -->";
    static final String END = "<!-- until here -->";

    /** Charts of each benchmark: its first compared metrics. */
    private static final int CHARTS = 2;

    private final Path results;
    private final Path page;
    private final List<StoredRun> runs;
    private final Map<Path, String> files = new LinkedHashMap<>();

    private MeasuredPage(Path results, Path page, List<StoredRun> runs) {
        this.results = results;
        this.page = page;
        this.runs = runs;
    }

    /**
     * @param results folder with the results, and for the charts
     * @param page that has the two marks
     */
    public static MeasuredPage of(Path results, Path page) throws IOException {
        var benchmarks =
                Bars.ALL.stream().map(bar -> bar.benchmark()).distinct().toList();
        var measured = new MeasuredPage(results, page, StoredRuns.of(results, benchmarks));
        measured.make(Files.readString(page));
        return measured;
    }

    /** Writes page and charts. */
    public void write() throws IOException {
        for (var file : files.entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    /** What is written where. */
    Map<Path, String> files() {
        return files;
    }

    private void make(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    page + " has no place for what was measured, expected a line " + BEGIN + " and a line " + END);
        }
        var lines = new ArrayList<String>();
        lines.add(BEGIN);
        lines.addAll(machines());
        lines.addAll(bars());
        runs.forEach(run -> lines.addAll(section(run)));
        lines.addAll(lost());
        lines.add("");
        files.put(page, text.substring(0, begin) + String.join("\n", lines) + "\n" + text.substring(end));
    }

    private List<String> machines() {
        var lines = new ArrayList<String>();
        runs.stream()
                .collect(Collectors.groupingBy(StoredRun::environment, LinkedHashMap::new, Collectors.toList()))
                .forEach((environment, there) -> {
                    lines.add("");
                    lines.add(environment + ":");
                    lines.add("");
                    there.forEach(run -> lines.add("- `%s`, %s, on %s%s: [all samples](%s)"
                            .formatted(
                                    run.command(),
                                    run.version(),
                                    run.day(),
                                    run.isComplete() ? "" : ", ended early",
                                    link(StoredRuns.file(results, run.results().name(), run.isQuick())))));
                });
        return lines;
    }

    private List<String> bars() {
        Map<String, Results> byName =
                runs.stream().map(StoredRun::results).collect(Collectors.toMap(Results::name, Function.identity()));
        var lines = new ArrayList<String>(List.of("", "### What it must reach", ""));
        lines.addAll(markdown(BarTable.rows(byName)));
        lines.add("");
        lines.add(BarTable.count(byName) + ".");
        return lines;
    }

    private List<String> section(StoredRun run) {
        Results all = run.results();
        var lines = new ArrayList<String>(List.of("", "### Measured: " + all.name()));
        all.metrics().stream().filter(Metric::compared).limit(CHARTS).forEach(metric -> {
            Path chart = results.resolve(all.name() + "-" + metric.name() + ".svg");
            files.put(chart, Chart.of(all, metric));
            lines.add("");
            lines.add("![%s: %s](%s)".formatted(all.name(), metric.header(), link(chart)));
        });
        for (String setting : all.settings()) {
            lines.add("");
            lines.add(setting + ":");
            lines.add("");
            lines.addAll(markdown(ResultTable.rows(all.at(setting))));
        }
        return lines;
    }

    private List<String> lost() {
        var lines = new ArrayList<String>(List.of("", "### Where Freshet is behind", ""));
        runs.stream().map(run -> Lost.of(run.results())).forEach(some -> some.forEach(line -> lines.add("- " + line)));
        return lines;
    }

    private String link(Path file) {
        return page.toAbsolutePath()
                .getParent()
                .relativize(file.toAbsolutePath())
                .toString()
                .replace('\\', '/');
    }

    private static List<String> markdown(List<List<String>> rows) {
        int columns = rows.get(0).size();
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var cells = new ArrayList<>(row);
            while (cells.size() < columns) {
                cells.add("");
            }
            lines.add("| " + String.join(" | ", cells) + " |");
        }
        lines.add(1, "|" + "---|".repeat(columns));
        return lines;
    }
}
