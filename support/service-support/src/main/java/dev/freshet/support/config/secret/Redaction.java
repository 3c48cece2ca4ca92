// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.secret;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Removes secrets from text that may quote an address or a setting: log lines, driver messages, reasons in
 * {@code /status}. It errs on the safe side: it hides too much rather than too little.
 *
 * <p>This is the second line of defence. The first is that an address that cannot be parsed is never quoted, and that
 * {@code JdbcSettings} passes passwords to the driver separately from the URL.
 */
public final class Redaction {
    static final String HIDDEN = "(hidden)";

    /** A word up to its last @. A quotation mark ends it, so that a line of JSON stays valid. */
    private static final String UP_TO_AT = "(?:\\\\.|[^\\s\"\\\\])*@";

    /** {@code //user:password@}, {@code jdbc:postgresql:user:password@}, {@code user:password@}. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?<=//)" + UP_TO_AT + "|(?<=jdbc:)" + UP_TO_AT + "|[^\\s\":/@]*:(?!//)" + UP_TO_AT);

    private static final String SECRET_NAME = "(?:password|passwd|pwd|passphrase|secret|token|requirepass|masterauth)";

    /** {@code password=…}, {@code FRESHET_JDBC_PASSWORD=…}, {@code "password":"…"}. */
    private static final Pattern SETTING = Pattern.compile(
            "(" + SECRET_NAME + "(?:\\\\?\"\\s*:\\s*\\\\?\"|=))(?:\\\\.|[^\\s\"\\\\])+", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME_OF_SECRET =
            Pattern.compile(".*" + SECRET_NAME + ".*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final List<String> SCHEMES = List.of(
            "jdbc:postgresql",
            "jdbc:postgres",
            "jdbc:mysql",
            "jdbc:mariadb",
            "jdbc:sqlserver",
            "jdbc:oracle",
            "jdbc:h2",
            "postgresql",
            "postgres",
            "mysql",
            "mariadb",
            "redis",
            "rediss",
            "redis-sentinel",
            "rediss-sentinel",
            "redis-cluster",
            "rediss-cluster",
            "redis-socket",
            "redis+sentinel",
            "valkey",
            "valkeys",
            "unix",
            "tcp",
            "http",
            "https");

    private Redaction() {}

    /** The text without users and passwords of addresses, and without the values of secret settings. */
    public static String of(String text) {
        if (text == null) {
            return null;
        }
        var withoutSettings = text.indexOf('=') < 0 && text.indexOf(':') < 0
                ? text
                : SETTING.matcher(text).replaceAll("$1" + HIDDEN);
        return withoutSettings.indexOf('@') < 0
                ? withoutSettings
                : CREDENTIALS.matcher(withoutSettings).replaceAll(HIDDEN + "@");
    }

    /**
     * What may be shown of an address that cannot be parsed: its scheme, if that is a known one. Anything else may be a
     * password in the wrong place.
     */
    public static String beginningOf(String address) {
        var lower = address.strip().toLowerCase(Locale.ROOT);
        return SCHEMES.stream()
                .filter(scheme -> lower.startsWith(scheme + ":"))
                .findFirst()
                .map(scheme -> "begins with '" + scheme + (lower.startsWith("//", scheme.length() + 1) ? "://'" : ":'"))
                .orElse("begins with an unknown scheme");
    }

    /** Whether the value of a setting or parameter with this name must be hidden. */
    public static boolean namesSecret(String name) {
        return NAME_OF_SECRET.matcher(name).matches();
    }
}
