// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.sink.FreshetSinkConnector;
import dev.freshet.sink.memory.MemoryServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class ConnectorCheckTest {
    private final Map<String, String> options = new HashMap<>(Map.of(
            "name", "sink",
            "connector.class", FreshetSinkConnector.class.getName(),
            "topics", "app.public.shop,app.public.item",
            "mapping", MemoryServers.MAPPING,
            "source.topic.prefix", "app",
            "database.url", "jdbc:postgresql://localhost/appdb",
            "database.user", "freshet",
            "redis.url", "redis://localhost"));

    private List<String> problems() {
        return new FreshetSinkConnector()
                .validate(options).configValues().stream()
                        .flatMap(value -> value.errorMessages().stream().map(message -> value.name() + ": " + message))
                        .toList();
    }

    @Test
    void whatIsRightIsTaken() {
        assertThat(problems()).isEmpty();
        options.remove("topics");
        options.put("topics.regex", "app\\.public\\..*");
        assertThat(problems()).isEmpty();
    }

    @Test
    void eachTableNeedsATopicUnlessTopicsAreRouted() {
        options.put("topics", "app.public.shop");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("topics: topics is 'app.public.shop', which does not bring 'app.public.item'; expected");
        options.put("topic.naming", "routed");
        assertThat(problems()).isEmpty();
        options.put("topic.naming", "other");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("topic.naming is 'other'; expected tables or routed");
    }

    @Test
    void anotherPrefixThanThatOfTheTopicsIsFound() {
        options.put("source.topic.prefix", "shop");
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("does not bring 'shop.public."));
    }

    @Test
    void transformsThatTakeSomethingAwayAreRefusedByName() {
        options.put("transforms", "route, unwrap");
        options.put("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter");
        options.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("transforms: transforms contains 'unwrap'")
                .endsWith("take 'unwrap' out");
        // Connect prints it as a list.
        assertThat(new FreshetSinkConnector().validate(options).configValues())
                .filteredOn(value -> value.name().equals("transforms"))
                .singleElement()
                .extracting(value -> ConfigDef.convertToString(value.value(), Type.LIST))
                .isNull();
    }

    @Test
    void addressesHoldNoPasswordsAndMessagesDoNotRepeatThem() {
        options.put("redis.url", "redis://user:hidden@localhost");
        options.put("database.url", "jdbc:postgresql://localhost/appdb?password=hidden");
        assertThat(problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("put it into redis.password"))
                .anyMatch(problem -> problem.contains("put it into database.password"))
                .noneMatch(problem -> problem.contains("hidden"));
        options.put("redis.url", "http://localhost");
        options.put("database.url", "jdbc:mysql://localhost");
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("; expected"));
    }

    @Test
    void oneOfTheTwoWaysToGiveAMappingIsNeeded() {
        options.remove("mapping");
        assertThat(problems()).singleElement().asString().contains("neither of mapping and mapping.file is set");
        options.put("mapping.file", "/nowhere/mapping.yaml");
        assertThat(problems()).singleElement().asString().startsWith("mapping.file: mapping.file is '/nowhere");
        options.put("mapping", "freshet: 2");
        assertThat(problems()).singleElement().asString().contains("both of mapping and mapping.file are set");
        options.remove("mapping.file");
        assertThat(problems()).singleElement().asString().startsWith("mapping: mapping is not valid:");
    }

    @Test
    void aUserOfRedisNeedsAPassword() {
        options.put("redis.url", "redis://freshet@localhost");
        assertThat(problems()).singleElement().asString().startsWith("redis.password: redis.password is not set");
        options.put("redis.password", "secret");
        assertThat(problems()).isEmpty();
    }

    @Test
    void timesAreWithinBounds() {
        options.put("batch.timeout.ms", "5");
        assertThat(problems()).singleElement().asString().contains("batch.timeout.ms is '5'; expected between 100 and");
    }

    @Test
    void aConverterThatHidesNullsIsRefused() {
        options.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(
                        "value.converter.replace.null.with.default: value.converter.replace.null.with.default is 'true'"
                                + " unless set; expected false");
        options.put("value.converter.replace.null.with.default", "false");
        assertThat(problems()).isEmpty();
        options.remove("value.converter.replace.null.with.default");
        options.put("value.converter.schemas.enable", "false");
        assertThat(problems()).as("without a schema it knows no default").isEmpty();
        options.put("value.converter", "io.confluent.connect.avro.AvroConverter");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("ignore.default.for.nullables is 'false' unless set");
        options.put("value.converter.ignore.default.for.nullables", "true");
        assertThat(problems()).isEmpty();
    }

    @Test
    void aBatchMayNotTakeLongerThanAConsumerMayGoWithoutAPoll() {
        options.put("consumer.override.max.poll.interval.ms", "60000");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("batch.timeout.ms: batch.timeout.ms is '240000'; expected less than consumer.override.max");
        options.put("batch.timeout.ms", "50000");
        assertThat(problems()).isEmpty();
    }

    @Test
    void secretsAreHiddenAndChoicesAreOffered() {
        var definition = SinkOptions.definition();
        assertThat(definition.configKeys().get("redis.password").type()).isEqualTo(Type.PASSWORD);
        assertThat(definition.configKeys().get("database.password").type()).isEqualTo(Type.PASSWORD);
        options.put("redis.password", "secret");
        assertThat(new FreshetSinkConnector().validate(options).configValues())
                .filteredOn(value -> value.name().equals("topic.naming"))
                .flatExtracting(ConfigValue::recommendedValues)
                .containsExactly("tables", "routed");
        assertThat(new FreshetSinkConnector().validate(options).configValues().toString())
                .doesNotContain("=secret");
    }

    @Test
    void connectFindsTheConnectorByItsServiceFile() {
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(FreshetSinkConnector.class);
    }
}
