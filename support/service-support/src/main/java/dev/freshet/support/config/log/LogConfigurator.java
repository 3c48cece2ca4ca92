// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.freshet.support.config.Environment;

/**
 * Configures logback, which finds this class as a service. Logs go to standard error, as text, or as one JSON object
 * per line with {@code FRESHET_LOG_FORMAT=json}. Secrets that a library may quote are removed.
 * {@code FRESHET_LOG_LEVEL} sets the level; the default is info. A {@code logback.xml} or
 * {@code -Dlogback.configurationFile} replaces this configuration.
 */
@ConfiguratorRank(ConfiguratorRank.NOMINAL + 1)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private final Environment environment;

    public LogConfigurator() {
        this(Environment.ofProcess());
    }

    LogConfigurator(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(started(new RedactingEncoder(started(encoder(), context)), context));
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(environment.get("FRESHET_LOG_LEVEL").orElse("info"), Level.INFO));
        root.addAppender(console);
        for (var chatty :
                new String[] {"org.eclipse.jetty", "io.javalin", "com.zaxxer.hikari", "io.lettuce", "org.flywaydb"}) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        // It warns for each row of a large transaction, about an unused statistic.
        context.getLogger("io.debezium.metrics.stats.MeasurementCollector").setLevel(Level.ERROR);
        // It logs every failed reconnect attempt. RedisLink logs one when its cause changes.
        context.getLogger("io.lettuce.core.protocol.ConnectionWatchdog").setLevel(Level.ERROR);
        // It warns "Connection is already closed", of no server in particular, where a link is left that broke by
        // itself.
        // RedisLink says which server it leaves, why, and that it reconnects.
        context.getLogger("io.lettuce.core.RedisChannelHandler").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private Encoder<ILoggingEvent> encoder() {
        if (environment.get("FRESHET_LOG_FORMAT").filter("json"::equals).isPresent()) {
            var json = new JsonEncoder();
            json.setWithContext(false);
            json.setWithSequenceNumber(false);
            json.setWithNanoseconds(false);
            json.setWithArguments(false);
            json.setWithMessage(false);
            json.setWithFormattedMessage(true);
            return json;
        }
        var text = new PatternLayoutEncoder();
        text.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n");
        return text;
    }

    private static Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
