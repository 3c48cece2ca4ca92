// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import dev.freshet.model.mapping.Hint;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.secret.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * All environment variables of Freshet. A variable that has the prefix but is not one of these is probably misspelt.
 */
final class Variables {
    private static final String PREFIX = "FRESHET_";

    /** Options of any process. They are all known to every process, because processes may share an environment. */
    private static final List<String> SETTINGS = List.of(
            "ADMIN_HOST",
            "ADMIN_PORT",
            "ADMIN_URL",
            "AUDIT_RATE",
            "CACHE_TTL",
            "FASTEST_HEARTBEAT",
            "HEARTBEAT",
            "HOST",
            "HTTP_PURGE_KIND",
            "HTTP_PURGE_RATE",
            "HTTP_PURGE_URL",
            "JDBC_URL",
            "JDBC_USER",
            "MAPPING",
            "MIGRATE",
            "MIGRATE_JDBC_USER",
            "NEAR_CACHE",
            "ON_PROMOTION",
            "ON_UNREADABLE",
            "PORT",
            "PROFILE",
            "PUBLICATION",
            "RECENT",
            "RECENT_URL",
            "REDIS_TIMEOUT",
            "REDIS_URL",
            "SLOT",
            "STALL_TIMEOUT",
            "TAKE_OVER",
            "VISIBILITY_TIMEOUT",
            "WARMING");

    private static final List<String> SECRETS = List.of(
            "ADMIN_TOKEN",
            "HTTP_PURGE_TOKEN",
            "JDBC_PASSWORD",
            "JWT_SECRET",
            "MIGRATE_JDBC_PASSWORD",
            "REDIS_PASSWORD");

    /** Variables of the launcher, the quickstart and the Compose file. */
    private static final List<String> OTHERS = List.of(
            "APP_PASSWORD",
            "DEV_SERVICES",
            "DOCKER_PULL_SECONDS",
            "INVALIDATOR_PASSWORD",
            "INVALIDATOR_URL",
            "JAVA_OPTS",
            "LOG_FORMAT",
            "LOG_LEVEL",
            "NO_BUILD",
            "POSTGRES",
            "READER_PASSWORD",
            "READER_URL",
            "TAG",
            "TOKEN",
            "WRITER_PASSWORD",
            "WRITER_URL");

    private static final Map<String, List<String>> LOGGING = new TreeMap<>(Map.of(
            "FRESHET_LOG_FORMAT", List.of("text", "json"),
            "FRESHET_LOG_LEVEL", List.of("trace", "debug", "info", "warn", "error", "off", "all")));

    /** Kubernetes sets these for Services whose names begin with {@code freshet}. */
    private static final Pattern OF_SERVICES =
            Pattern.compile("FRESHET_.*SERVICE_(HOST|PORT)(_.*)?|FRESHET_(.*_)?PORT(_\\d+_(TCP|UDP).*)?");

    private Variables() {}

    /** One warning for each variable that is set but not known. */
    static List<String> warnings(CommandLine line, Environment environment) {
        Set<String> known = known();
        addOptions(line, known);
        return warnings(known, environment);
    }

    /** The same for commands that take no options from variables. */
    static List<String> warnings(Environment environment) {
        return warnings(known(), environment);
    }

    private static List<String> warnings(Set<String> known, Environment environment) {
        var unknown = environment.variables().keySet().stream()
                .filter(name -> name.startsWith(PREFIX)
                        && !known.contains(name)
                        && !OF_SERVICES.matcher(name).matches())
                .sorted()
                .map(name -> "warning: " + name + " is set, but there is no such variable"
                        + Hint.nearest(name.substring(PREFIX.length()), withoutPrefix(known))
                                .map(near -> "; did you mean " + PREFIX + near + "?")
                                .orElse(""));
        return Stream.concat(unknown, wrongLogging(environment)).toList();
    }

    /**
     * Logging is configured before any command line is read, and falls back to defaults for invalid values. They are
     * reported here.
     */
    private static Stream<String> wrongLogging(Environment environment) {
        return LOGGING.entrySet().stream()
                .filter(each -> environment
                        .get(each.getKey())
                        .filter(value -> !each.getValue().contains(value.toLowerCase(Locale.ROOT)))
                        .isPresent())
                .map(each -> "warning: " + each.getKey() + " is '"
                        + Redaction.of(environment.get(each.getKey()).orElseThrow()) + "'; expected one of "
                        + String.join(", ", each.getValue()));
    }

    static Set<String> known() {
        var known = new TreeSet<String>();
        Stream.of(SETTINGS, SECRETS, OTHERS).flatMap(List::stream).forEach(name -> known.add(PREFIX + name));
        SECRETS.forEach(name -> known.add(PREFIX + name + "_FILE"));
        return known;
    }

    private static void addOptions(CommandLine line, Set<String> known) {
        line.getCommandSpec()
                .options()
                .forEach(option -> known.add(EnvironmentDefaults.variableOf(option.longestName())));
        line.getSubcommands().values().forEach(each -> addOptions(each, known));
    }

    private static List<String> withoutPrefix(Set<String> names) {
        return names.stream().map(name -> name.substring(PREFIX.length())).toList();
    }
}
