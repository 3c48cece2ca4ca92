// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import dev.freshet.invalidator.cli.SourceOptions;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.text.TextFile;
import dev.freshet.model.yaml.BadYamlException;
import dev.freshet.model.yaml.YamlFile;
import dev.freshet.model.yaml.YamlValue;
import dev.freshet.model.yaml.YamlValue.Table;
import dev.freshet.support.config.ConfigException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.xml.stream.XMLStreamException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet invalidator test}: runs cases against a mapping. Needs no PostgreSQL and no Redis. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 120,
        description = {
            "Tests a mapping: rows that exist, a change, and the keys that it must evict.",
            "Needs no PostgreSQL and no Redis: the planner looks rows up among those of the case."
        },
        footerHeading = "%nA file of cases:%n",
        footer = {
            "  mapping: shop.yaml                   # beside this file; --mapping wins",
            "  cases:",
            "    - name: a renamed country",
            "      rows:",
            "        country: [ { country_id: 1, country: Peru } ]",
            "        city: [ { city_id: 7, country_id: 1 } ]",
            "      change: { update: country, new: { country_id: 1, country: Chile } }",
            "      expect: [ \"country:1\" ]",
            "",
            "  docs/commands.md has all of it.",
            "",
            "Exit codes: 0 every case passed; 1 a case failed, or the report cannot be written; 2 wrong usage, mapping",
            "or file of cases."
        })
public final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "File of cases, YAML.")
    private Path file;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Mapping file. Default: the one that the file of cases names.")
    private Path mappingFile;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit's XML, too.")
    private Path junit;

    @Option(names = "--coverage", description = "Print which rules the cases tried, and with which operations.")
    private boolean coverage;

    @Override
    public Integer call() {
        var nodes = new CaseNodes();
        List<TestCase> cases;
        Mapping mapping;
        try {
            Table read = read(nodes);
            mapping = SourceOptions.mapping(mapping(read, nodes));
            cases = new CaseParser(mapping, nodes).cases(read);
            nodes.throwIfAny();
        } catch (BadCasesException | MappingException | BadYamlException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
        List<CaseResult> results = run(mapping, cases);
        if (junit != null && !writeJunit(results)) {
            return ExitCode.SOFTWARE;
        }
        return results.stream().allMatch(CaseResult::passed) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Table read(CaseNodes nodes) throws BadCasesException, BadYamlException {
        String text;
        try {
            text = TextFile.read(file);
        } catch (IOException e) {
            throw ConfigException.badFile("FILE", file.toString(), TextFile.what(e), "cases: YAML in UTF-8");
        }
        YamlValue root = YamlFile.read(file.toString(), new StringReader(text), "'cases:' and a list of them");
        Optional<Table> table = nodes.table(root, "the file of cases", CaseParser.FILE);
        nodes.throwIfAny();
        return table.orElseThrow();
    }

    /** The option's file, or the one that the file of cases names, or the variable's; null if there is none. */
    private Path mapping(Table read, CaseNodes nodes) throws BadCasesException {
        boolean given = spec.commandLine().getParseResult().hasMatchedOption("--mapping");
        if (given || read.get("mapping").isEmpty()) {
            return mappingFile;
        }
        Optional<String> named = nodes.text(read.get("mapping").get(), "mapping");
        nodes.throwIfAny();
        Path found = file.resolveSibling(named.orElseThrow());
        if (!Files.exists(found)) {
            nodes.error(read.get("mapping").get().at(), "mapping: there is no file " + found);
            nodes.throwIfAny();
        }
        return found;
    }

    private List<CaseResult> run(Mapping mapping, List<TestCase> cases) {
        var runner = new CaseRunner(mapping);
        var tried = new Coverage(mapping, runner.rules());
        var report = new CaseReport(spec.commandLine().getOut());
        var results = new ArrayList<CaseResult>();
        for (TestCase each : cases) {
            CaseResult result = runner.run(each);
            tried.add(result.covered());
            results.add(result);
            report.print(result);
        }
        if (coverage) {
            report.coverage(tried);
        }
        report.summary(results, tried);
        return results;
    }

    private boolean writeJunit(List<CaseResult> results) {
        try (var out = Files.newBufferedWriter(junit, StandardCharsets.UTF_8)) {
            JUnitXml.write(out, file.toString(), results);
            return true;
        } catch (IOException | XMLStreamException e) {
            spec.commandLine().getErr().println("could not write " + junit + ": " + e);
            return false;
        }
    }
}
