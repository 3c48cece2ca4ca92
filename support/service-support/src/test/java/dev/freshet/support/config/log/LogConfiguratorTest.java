// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import dev.freshet.support.config.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LogConfiguratorTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void writesText() {
        assertThat(line(Map.of())).contains("INFO").endsWith("Test: it 'works'" + System.lineSeparator());
    }

    @Test
    void writesOneJsonObjectALine() {
        assertThat(line(Map.of("FRESHET_LOG_FORMAT", "json")))
                .startsWith("{")
                .contains("\"formattedMessage\":\"it 'works'\"")
                .contains("\"loggerName\":\"a.Test\"")
                .endsWith("}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void controlCharactersAreShown(String format) {
        assertThat(line(Map.of("FRESHET_LOG_FORMAT", format), "\u001b[2J \u009b2J"))
                .containsIgnoringCase("\\u001b[2J \\u009b2J")
                .doesNotContain("\u001b", "\u009b");
    }

    @Test
    void takesTheLevelFromTheEnvironment() {
        configure(Map.of("FRESHET_LOG_LEVEL", "debug"));
        assertThat(context.getLogger("a").isDebugEnabled()).isTrue();
    }

    /** What these would warn of, RedisLink tells with the name of the server. */
    @ParameterizedTest
    @ValueSource(strings = {"io.lettuce.core.protocol.ConnectionWatchdog", "io.lettuce.core.RedisChannelHandler"})
    void theBareWarningsOfTheClientOfRedisAreLeftOut(String logger) {
        configure(Map.of());
        assertThat(context.getLogger(logger).isWarnEnabled()).isFalse();
        assertThat(context.getLogger(logger).isErrorEnabled()).isTrue();
    }

    @Test
    void isFoundByLogback() {
        var root = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT");
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        assertThat(root.getAppender("console")).isNotNull();
    }

    private ConsoleAppender<ILoggingEvent> configure(Map<String, String> variables) {
        new LogConfigurator(new Environment(variables)).configure(context);
        return (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console");
    }

    private String line(Map<String, String> variables) {
        return line(variables, "works");
    }

    private String line(Map<String, String> variables, String argument) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        var console = configure(variables);
        var event = new LoggingEvent(
                "x", context.getLogger("a.Test"), Level.INFO, "it '{}'", null, new Object[] {argument});
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
