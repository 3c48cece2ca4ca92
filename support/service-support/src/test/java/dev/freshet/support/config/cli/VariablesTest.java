// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.support.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class VariablesTest {
    private static final Pattern NAME = Pattern.compile("FRESHET_[A-Z][A-Z_]*[A-Z]");

    @Command(name = "probe")
    static final class Probe implements Callable<Integer> {
        @Option(names = "--new-thing")
        String thing;

        @Override
        public Integer call() {
            return 0;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FRESHET_REDIS_ULR, FRESHET_REDIS_URL",
        "FRESHET_JDBC_PASWORD, FRESHET_JDBC_PASSWORD",
        "FRESHET_JWT_SECRET_FILLE, FRESHET_JWT_SECRET_FILE",
        "FRESHET_NEW_THIN, FRESHET_NEW_THING",
        "FRESHET_SLOTS, FRESHET_SLOT"
    })
    void oneThatIsMisspeltIsWarnedOfWithTheNearest(String set, String meant) {
        assertThat(warnings(Map.of(set, "s3cret")))
                .containsExactly(
                        "warning: " + set + " is set, but there is no such variable; did you mean " + meant + "?");
    }

    @Test
    void oneThatIsLikeNoneIsWarnedOfAsWell() {
        assertThat(warnings(Map.of("FRESHET_COMPLETELY_DIFFERENT", "x")))
                .containsExactly("warning: FRESHET_COMPLETELY_DIFFERENT is set, but there is no such variable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FRESHET_NEW_THING",
                "FRESHET_CACHE_TTL",
                "FRESHET_REDIS_PASSWORD_FILE",
                "FRESHET_NO_BUILD",
                "REDIS_ULR",
                "FRESHET_SERVICE_HOST",
                "FRESHET_READER_SERVICE_PORT_HTTP",
                "FRESHET_READER_PORT_8082_TCP_ADDR"
            })
    void oneThatIsKnownOrNotOursIsNot(String set) {
        assertThat(warnings(Map.of(set, "x"))).isEmpty();
    }

    @Test
    void allThatAreDocumentedAreKnown() throws IOException {
        var documented = new TreeSet<String>();
        for (var file : List.of("docs/configuration.md", "docker-compose.yml", ".env.example")) {
            var matcher = NAME.matcher(Files.readString(Path.of("../..").resolve(file)));
            while (matcher.find()) {
                documented.add(matcher.group());
            }
        }
        documented.removeIf(name -> name.startsWith("FRESHET_X"));
        assertThat(documented).hasSizeGreaterThan(20);
        assertThat(Variables.known()).containsAll(documented);
    }

    private static List<String> warnings(Map<String, String> variables) {
        return Variables.warnings(new CommandLine(new Probe()), new Environment(variables));
    }
}
