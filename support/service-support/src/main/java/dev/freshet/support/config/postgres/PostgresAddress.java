// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.postgres;

import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.secret.Redaction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * A JDBC URL of PostgreSQL, read as the driver reads it. Immutable.
 *
 * @param servers at least one, in the order of the URL
 * @param database the decoded name
 */
record PostgresAddress(List<PostgresHost> servers, String database, Properties parameters) {
    static final String PREFIX = "jdbc:postgresql:";
    static final String EXPECTED = PREFIX + "//host:port/database";

    private static final String SETTING = "FRESHET_JDBC_URL";
    private static final Pattern SERVER =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+(%\\w+)?]|[^:/\\[\\]\\s]*)(:(?<port>[^:]*))?");
    private static final Set<String> PRIMARY = Set.of("primary", "master");
    private static final Set<String> PLACE = Set.of("PGHOST", "PGPORT", "PGDBNAME", "targetServerType");

    /**
     * Checks the part before the parameters.
     *
     * @throws ConfigException if it cannot be used; the message does not quote it, because any part may be a password
     */
    static void check(String url) {
        if (!url.startsWith(PREFIX)) {
            throw bad(Redaction.beginningOf(url));
        }
        check(JdbcSettings.withoutParameters(url).substring(PREFIX.length()), url.contains("service="));
    }

    /**
     * Reads a URL.
     *
     * @param url a URL that passed {@link #check(String)}
     * @param properties what is given in addition to the URL
     * @throws ConfigException if it cannot be used
     */
    static PostgresAddress of(String url, Properties properties) {
        Properties parsed = Driver.parseURL(url, properties);
        if (parsed == null) {
            throw bad("cannot be read by PostgreSQL's driver: "
                    + (url.contains("service=")
                            ? "its service is not in pg_service.conf, or there is no such file"
                            : "a % is not followed by two hexadecimal digits, or hosts and ports differ in number"));
        }
        String target = parsed.getProperty("targetServerType");
        if (target != null && !PRIMARY.contains(target)) {
            throw ConfigException.badSecret(
                    SETTING,
                    "asks for targetServerType=" + Redaction.of(target),
                    "primary, or no such parameter: rows of a standby may be older than what was evicted");
        }
        if (parsed.getProperty("PGDBNAME", "").isEmpty()) {
            throw bad("names no database");
        }
        List<PostgresHost> servers = servers(parsed.getProperty("PGHOST"), parsed.getProperty("PGPORT"));
        return new PostgresAddress(servers, parsed.getProperty("PGDBNAME"), without(parsed, PLACE));
    }

    /** @param place the text between the prefix and the parameters */
    private static void check(String place, boolean service) {
        if (place.indexOf('@') >= 0) {
            throw ConfigException.badSecret(
                    SETTING,
                    "has an @ before its parameters",
                    EXPECTED + "; the user in FRESHET_JDBC_USER, the password in FRESHET_JDBC_PASSWORD");
        }
        if (place.startsWith("//%2F") || place.startsWith("//%2f") || place.startsWith("///")) {
            throw bad("names a Unix socket or no host, and PostgreSQL's driver connects only by TCP");
        }
        String path = place;
        if (place.startsWith("/") && !place.startsWith("//")) {
            throw bad("has a single / before the host");
        }
        if (place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            if (slash < 0 && !service) {
                throw bad("names no database");
            }
            checkServers(place.substring(2, slash < 0 ? place.length() : slash));
            path = slash < 0 ? "" : place.substring(slash + 1);
        }
        if (path.isEmpty() && !service) {
            throw bad("names no database");
        }
        if (path.indexOf('/') >= 0) {
            throw ConfigException.badSecret(
                    SETTING, "has a / after the database's name", EXPECTED + "; a / in the name is written %2F");
        }
    }

    private static void checkServers(String servers) {
        for (String server : servers.split(",", -1)) {
            var parts = SERVER.matcher(server);
            if (!parts.matches()) {
                throw bad("names a server that is neither host nor host:port");
            }
            String port = parts.group("port");
            if (port != null
                    && !(port.matches("[0-9]{1,5}")
                            && Integer.parseInt(port) >= 1
                            && Integer.parseInt(port) <= 65535)) {
                throw ConfigException.badSecret(SETTING, "names an invalid port", "1 to 65535");
            }
        }
    }

    private static List<PostgresHost> servers(String hosts, String ports) {
        String[] names = hosts.split(",", -1);
        String[] numbers = ports.split(",", -1);
        var servers = new ArrayList<PostgresHost>();
        for (int i = 0; i < names.length; i++) {
            String number = numbers.length == 1 ? numbers[0] : numbers[i];
            servers.add(new PostgresHost(names[i], Integer.parseInt(number)));
        }
        return List.copyOf(servers);
    }

    /** A URL for one of the servers only, without parameters. */
    String urlOf(PostgresHost server) {
        return PREFIX + "//" + server + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Properties without(Properties properties, Set<String> names) {
        var rest = new Properties();
        properties.stringPropertyNames().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> rest.setProperty(name, properties.getProperty(name)));
        return rest;
    }

    private static ConfigException bad(String problem) {
        return ConfigException.badSecret(SETTING, problem, EXPECTED);
    }

    /** The URL without parameters. */
    @Override
    public String toString() {
        return servers + "/" + database;
    }
}
