// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;

/**
 * Which packages and libraries each part of Freshet may use. Maven enforces between modules what this enforces within them,
 * and for libraries. A wall is a function of a {@link House}, so that it can be tried on classes that break it.
 */
enum Wall {
    PACKAGES_MAKE_NO_CIRCLE(
            house -> slices().matching(house.root() + ".(**)").should().beFreeOfCycles()),

    /** Past this a package wants a door inside. */
    PACKAGES_ARE_SMALL(house -> classes().should(new PackageSize(house, Sizes.MOST_TYPES))),

    /** The reference application has a database of its own. */
    ONLY_THE_SIDES_OF_A_DATABASE_KNOW_JDBC(house -> noClasses()
            .that()
            .resideOutsideOfPackages(house.roomsAndExempted(
                    "postgres..",
                    "audit.jdbc..",
                    "writer..",
                    "reader..",
                    "support.jdbc..",
                    "spring.source..",
                    "conformance..",
                    "devservices..",
                    "test..",
                    "lab.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(Libraries.JDBC)),

    ONLY_ITS_ADAPTER_KNOWS_DEBEZIUM(house -> noClasses()
            .that()
            .resideOutsideOfPackages(house.roomsAndExempted("debezium.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..")),

    /** Its data types are those of Debezium's events; all else of it is the sink's. */
    ONLY_THE_SINK_AND_THE_READERS_OF_EVENTS_KNOW_KAFKA(house -> noClasses()
            .that()
            .resideOutsideOfPackages(house.roomsAndExempted("sink..", "debezium.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..")),

    /** What a sink decides is decided without a server, and whatever its records come from. */
    A_SINK_EVICTS_WITHOUT_KAFKA_AND_SERVERS(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".sink.evict..")
            .should()
            .dependOnClassesThat(house.in(
                    List.of("postgres..", "redis..", "debezium..", "support.."),
                    "org.apache.kafka..",
                    "java.sql..",
                    "org.jdbi.."))),

    ONLY_ITS_ADAPTERS_KNOW_REDIS(house -> noClasses()
            .that()
            .resideOutsideOfPackages(
                    house.roomsAndExempted("redis..", "audit.redis..", "cache..", "devservices..", "lab.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..")),

    /** What runs in production has no fake in it. */
    ONLY_TESTS_KNOW_THE_FAKE(house -> noClasses()
            .that()
            .resideOutsideOfPackages(house.roomsAndExempted("redis.memory..", "test..", "lab.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(house.rooms("redis.memory..", "test.."))),

    /** The hierarchy of contexts is a mapping file; in Java it is the reference application's. */
    ONLY_THE_REFERENCE_APPLICATION_KNOWS_CONTEXTS(house -> noClasses()
            .that()
            .resideOutsideOfPackages(house.roomsAndExempted(
                    "context..", "writer..", "reader..", "quickstart..", "devservices.stack..", "lab.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(house.rooms("context.."))),

    THE_CORE_KNOWS_THE_MODEL_AND_THE_PROTOCOL_ALONE(house -> classes()
            .that()
            .resideInAPackage(house.root() + ".core..")
            .should()
            .onlyDependOnClassesThat(house.in(List.of("core..", "model..", "protocol.."), "org.slf4j..", "java.."))),

    THE_CORE_DOES_NO_IO(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.net.http..", "java.nio.file..", "java.nio.channels..")),

    PLANNING_IS_PURE(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".core.plan..")
            .should()
            .dependOnClassesThat(house.in(List.of("core.cache..", "core.pipeline.."), "org.slf4j.."))),

    REDIS_KNOWS_NO_DATABASE(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".redis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(Libraries.JDBC)),

    AUDITING_IS_PURE(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".audit..")
            .and()
            .resideOutsideOfPackages(house.rooms("audit.jdbc..", "audit.redis.."))
            .should()
            .dependOnClassesThat(house.in(
                    List.of("core..", "redis..", "postgres..", "debezium..", "invalidator.."),
                    "io.lettuce..",
                    "java.sql..",
                    "org.jdbi..",
                    "org.postgresql..",
                    "javax.sql..",
                    "java.net.."))),

    /** What a run decides is decided without a server: its ports are in run.source. */
    SUPERVISION_KNOWS_NO_ADAPTER(house -> noClasses()
            .that()
            .resideInAnyPackage(house.rooms(
                    "invalidator.run.source..",
                    "invalidator.run.start..",
                    "invalidator.run.stream..",
                    "invalidator.run.status.."))
            .should()
            .dependOnClassesThat(house.in(
                    List.of("postgres..", "debezium..", "redis..", "http..", "invalidator.run.postgres.."),
                    Libraries.JDBC))),

    /** What init writes is decided without a server and without files. */
    A_DRAFT_IS_PURE(house -> noClasses()
            .that()
            .resideInAnyPackage(house.rooms("invalidator.init.*.."))
            .should()
            .dependOnClassesThat(house.in(
                            List.of("postgres..", "debezium..", "redis..", "support..", "invalidator.init"),
                            Libraries.JDBC)
                    .or(resideInAnyPackage("java.nio.file", "java.net.http..")))),

    EVENTS_ARE_READ_WITHOUT_STRUCTS(house -> noClasses()
            .that()
            .resideInAnyPackage(house.rooms("debezium.event..", "debezium.value..", "debezium.json.."))
            .should()
            .dependOnClassesThat(
                    house.in(List.of("debezium", "debezium.connect.."), "io.debezium..", "org.apache.kafka.."))),

    EVENTS_ARE_READ_WITHOUT_JSON(house -> noClasses()
            .that()
            .resideInAnyPackage(house.rooms("debezium", "debezium.connect..", "debezium.event.."))
            .should()
            .dependOnClassesThat(house.in(List.of("debezium.json.."), "com.fasterxml.."))),

    /** Applications import dev.freshet.cache and dev.freshet.cache.view alone. */
    ROOMS_OF_THE_CACHE_CLIENT_ARE_ITS_OWN(house -> noClasses()
            .that()
            .resideOutsideOfPackage(house.root() + ".cache..")
            .should()
            .dependOnClassesThat(house.in(List.of("cache.*..")).and(not(house.in(List.of("cache.view")))))),

    ROOMS_OF_THE_CACHE_CLIENT_DO_NOT_KNOW_ITS_DOOR(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".cache.*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(house.rooms("cache"))),

    ADAPTERS_KNOW_NONE_BUT_THE_CORE(house -> noClasses()
            .that()
            .resideInAnyPackage(house.rooms("postgres..", "redis..", "debezium..", "http.."))
            .should()
            .dependOnClassesThat(house.in(List.of("invalidator..", "sink..", "audit..", "cache..")))),

    /** So neither the mapping nor contexts; and of Redis what any client has, not the invalidator's side. */
    THE_CACHE_CLIENT_KNOWS_REDIS_AND_THE_PROTOCOL_ALONE(house -> classes()
            .that()
            .resideInAPackage(house.root() + ".cache..")
            .should()
            .onlyDependOnClassesThat(house.in(
                            List.of("cache..", "protocol..", "redis.."),
                            "java..",
                            "io.lettuce.core..",
                            "com.github.benmanes.caffeine..",
                            "io.micrometer..",
                            "org.slf4j..")
                    .and(not(house.in(List.of("redis.cache..")))))),

    /** Of the package that users import. */
    LETTUCE_IS_NOT_PART_OF_THE_PROMISE(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".cache")
            .and()
            .arePublic()
            .and()
            .doNotHaveSimpleName("FreshetCacheBuilder")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..")),

    /** What is allowed is listed, so that nothing new comes in unnoticed. */
    THE_MODEL_NEEDS_LITTLE(house -> classes()
            .that()
            .resideInAPackage(house.root() + ".model..")
            .should()
            .onlyDependOnClassesThat(house.in(List.of("model.."), Libraries.PURE_JAVA)
                    .or(resideInAnyPackage(
                            "java.nio.file", "java.security", "com.fasterxml.jackson..", "org.snakeyaml.engine..")))),

    ONLY_THE_PARSER_OF_MAPPINGS_READS_FILES(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".model..")
            .and(not(assignableTo(house.root() + ".model.mapping.parse.MappingParser")))
            .and()
            .resideOutsideOfPackage(house.root() + ".model.text")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.file")
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.io")
                    .and(not(assignableTo(java.io.Serializable.class)))
                    .and(not(assignableTo(java.io.Reader.class)))
                    .and(not(assignableTo(java.io.ByteArrayOutputStream.class))))
            .because("no I/O is the promise of this module")),

    THE_MODEL_PRINTS_READS_AND_STARTS_NOTHING(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".model..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(System|Thread|Runtime|Process|ProcessBuilder)")),

    /** Whoever speaks the protocol, in whatever program, can take it along: it needs nothing. */
    THE_PROTOCOL_KNOWS_THE_JDK_ALONE(house -> classes()
            .that()
            .resideInAPackage(house.root() + ".protocol..")
            .should()
            .onlyDependOnClassesThat(house.in(List.of("protocol.."), "java.."))),

    /** The domain of the reference application knows nothing of Freshet, and does no I/O. */
    CONTEXTS_NEED_LITTLE(house -> classes()
            .that()
            .resideInAPackage(house.root() + ".context..")
            .should()
            .onlyDependOnClassesThat(house.in(List.of("context.."), Libraries.PURE_JAVA)
                    .or(resideInAnyPackage("com.fasterxml.jackson..")))),

    COMMANDS_OF_THE_WRITER_KNOW_NEITHER_SQL_NOR_HTTP(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".writer.command..")
            .should()
            .dependOnClassesThat(
                    house.in(List.of("support.."), "java.sql..", "org.jdbi..", "org.postgresql..", "io.javalin.."))),

    THE_WRITERS_STORE_KNOWS_NO_HTTP(house -> noClasses()
            .that()
            .resideInAnyPackage(house.rooms("writer.store..", "writer.rebuild..", "writer.db.."))
            .should()
            .dependOnClassesThat(house.in(List.of("support.http.."), "io.javalin.."))),

    THE_WRITER_KNOWS_NO_CACHE(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".writer..")
            .should()
            .dependOnClassesThat(
                    house.in(List.of("cache..", "redis..", "protocol.."), "io.lettuce..", "redis.clients.."))),

    THE_READER_LEAVES_REDIS_TO_THE_CACHE(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".reader..")
            .should()
            .dependOnClassesThat(house.in(List.of("redis.."), "io.lettuce..", "com.github.benmanes.."))),

    VIEWS_OF_THE_READER_KNOW_NO_HTTP(house -> noClasses()
            .that()
            .implement(HasName.Predicates.name(house.root() + ".reader.View"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")),

    CONFIGURATION_NEEDS_NO_HTTP_LIBRARY(house -> noClasses()
            .that()
            .resideInAPackage(house.root() + ".support.config..")
            .should()
            .dependOnClassesThat(house.in(
                    List.of("support.http.."),
                    "io.javalin..",
                    "org.eclipse.jetty..",
                    "com.nimbusds..",
                    "io.micrometer..",
                    "com.zaxxer..",
                    "com.fasterxml..")));

    private final Function<House, ArchRule> rule;

    Wall(Function<House, ArchRule> rule) {
        this.rule = rule;
    }

    /** The wall between the packages of this house. */
    ArchRule in(House house) {
        return rule.apply(house.of(this));
    }

    private static final class Sizes {
        static final int MOST_TYPES = 15;
    }

    private static final class Libraries {
        static final String[] JDBC = {"java.sql..", "javax.sql..", "org.jdbi..", "org.postgresql.."};

        static final String[] PURE_JAVA = {
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.io",
            "java.math",
            "java.nio.charset",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream"
        };
    }
}
