// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walls stand in Freshet's own code. And each can fail: it reports classes that were written to break it. */
class WallTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path MAIN = Path.of("src/main/java");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final House VIOLATING = new House("dev.freshet.architecture.violating", List.of());

    private static JavaClasses freshet;
    private static JavaClasses violating;

    @BeforeAll
    static void importAll() {
        freshet = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // What JMH writes around benchmarks.
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPackages(House.FRESHET.root());
        violating = new ClassFileImporter().importPackages(VIOLATING.root());
    }

    @ParameterizedTest
    @EnumSource
    void wallStands(Wall wall) {
        wall.in(House.FRESHET).check(freshet);
    }

    @ParameterizedTest
    @EnumSource
    void wallReportsWhatBreaksIt(Wall wall) {
        EvaluationResult result = wall.in(VIOLATING).evaluate(violating);
        assertThat(result.hasViolation()).isTrue();
        for (String breaking : breaking(wall)) {
            assertThat(result.getFailureReport().toString()).contains(VIOLATING.root() + "." + breaking);
        }
    }

    @Test
    void everyExemptionIsNeeded() {
        for (Exemption exemption : Exemption.all()) {
            assertThat(exemption.wall().in(House.FRESHET.without(exemption)).evaluate(freshet))
                    .as("without %s, which should be cut if it is not needed", exemption)
                    .matches(EvaluationResult::hasViolation);
        }
    }

    @Test
    void everyClassOfEveryModuleIsLookedAt() throws IOException {
        var missing = new TreeSet<String>();
        var modules = MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> ROOT.resolve(found.group(1)).resolve(MAIN))
                .filter(Files::isDirectory)
                .toList();
        assertThat(modules).hasSizeGreaterThan(15);
        for (Path sources : modules) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> sources.relativize(file).toString())
                        .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
                        .map(file -> file.substring(0, file.length() - ".java".length())
                                .replace('/', '.'))
                        .filter(name -> !freshet.contain(name))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Classes that break a wall, below {@link #VIOLATING}. */
    private static List<String> breaking(Wall wall) {
        return switch (wall) {
            case PACKAGES_MAKE_NO_CIRCLE -> List.of("one.One", "two.Two");
            case PACKAGES_ARE_SMALL -> List.of("crowded.First");
            case ONLY_THE_SIDES_OF_A_DATABASE_KNOW_JDBC -> List.of("invalidator.OpensAConnection");
            case ONLY_ITS_ADAPTER_KNOWS_DEBEZIUM -> List.of("core.stream.ReadsDebeziumsEvents");
            case ONLY_THE_SINK_AND_THE_READERS_OF_EVENTS_KNOW_KAFKA -> List.of("core.stream.ReadsRecords");
            case A_SINK_EVICTS_WITHOUT_KAFKA_AND_SERVERS -> List.of("sink.evict.KnowsKafka");
            case ONLY_ITS_ADAPTERS_KNOW_REDIS -> List.of("core.cache.EvictsThroughLettuce");
            case ONLY_TESTS_KNOW_THE_FAKE -> List.of("reader.UsesTheFake");
            case ONLY_THE_REFERENCE_APPLICATION_KNOWS_CONTEXTS -> List.of("core.KnowsTheHierarchy");
            case THE_CORE_KNOWS_THE_MODEL_AND_THE_PROTOCOL_ALONE ->
                List.of("core.cache.EvictsThroughLettuce", "core.KnowsTheHierarchy");
            case THE_CORE_DOES_NO_IO -> List.of("core.pipeline.ReadsAFile");
            case PLANNING_IS_PURE -> List.of("core.plan.Logs");
            case REDIS_KNOWS_NO_DATABASE -> List.of("redis.cache.AsksTheDatabase");
            case AUDITING_IS_PURE -> List.of("audit.PoolsConnections");
            case SUPERVISION_KNOWS_NO_ADAPTER -> List.of("invalidator.run.start.ReadsTheSlot");
            case A_DRAFT_IS_PURE -> List.of("invalidator.init.draft.AsksTheDatabase");
            case EVENTS_ARE_READ_WITHOUT_STRUCTS -> List.of("debezium.event.ReadsStructs");
            case EVENTS_ARE_READ_WITHOUT_JSON -> List.of("debezium.connect.ReadsJson");
            case ROOMS_OF_THE_CACHE_CLIENT_ARE_ITS_OWN -> List.of("reader.UsesTheStore");
            case ROOMS_OF_THE_CACHE_CLIENT_DO_NOT_KNOW_ITS_DOOR -> List.of("cache.store.KnowsTheDoor");
            case ADAPTERS_KNOW_NONE_BUT_THE_CORE -> List.of("postgres.KnowsTheCommand", "http.purge.KnowsTheCommand");
            case THE_CACHE_CLIENT_KNOWS_REDIS_AND_THE_PROTOCOL_ALONE ->
                List.of("cache.KnowsTheMapping", "cache.KnowsTheEvictor", "cache.KnowsContexts");
            case LETTUCE_IS_NOT_PART_OF_THE_PROMISE -> List.of("cache.PromisesLettuce");
            case THE_MODEL_NEEDS_LITTLE -> List.of("model.UsesTheNetwork");
            case ONLY_THE_PARSER_OF_MAPPINGS_READS_FILES -> List.of("model.mapping.ReadsAFile");
            case THE_MODEL_PRINTS_READS_AND_STARTS_NOTHING -> List.of("model.StartsAThread");
            case THE_PROTOCOL_KNOWS_THE_JDK_ALONE -> List.of("protocol.Logs");
            case CONTEXTS_NEED_LITTLE -> List.of("context.ReadsAFile");
            case COMMANDS_OF_THE_WRITER_KNOW_NEITHER_SQL_NOR_HTTP -> List.of("writer.command.RunsSql");
            case THE_WRITERS_STORE_KNOWS_NO_HTTP -> List.of("writer.store.AnswersHttp");
            case THE_WRITER_KNOWS_NO_CACHE -> List.of("writer.Evicts");
            case THE_READER_LEAVES_REDIS_TO_THE_CACHE -> List.of("reader.TalksToRedis");
            case VIEWS_OF_THE_READER_KNOW_NO_HTTP -> List.of("reader.AnswersHttp");
            case CONFIGURATION_NEEDS_NO_HTTP_LIBRARY -> List.of("support.config.StartsAServer");
        };
    }
}
