// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.time.Duration;

/** A setting is missing or cannot be used. The message names the setting and what was expected; a retry is of no use. */
public final class ConfigException extends RuntimeException {
    private final String setting;
    private final String problem;

    private ConfigException(String setting, String problem) {
        super(setting + problem);
        this.setting = setting;
        this.problem = problem;
    }

    public static ConfigException missing(String setting, String expected) {
        return new ConfigException(setting, " is not set; expected " + expected);
    }

    /** @param value the bad value; never that of a secret. What looks like an address' user and password is hidden */
    public static ConfigException bad(String setting, String value, String expected) {
        return new ConfigException(setting, " is '" + Redaction.of(value) + "'; expected " + expected);
    }

    /** Like {@link #bad}, for a value that must not be shown. */
    public static ConfigException badSecret(String setting, String problem, String expected) {
        return new ConfigException(setting, " " + problem + "; expected " + expected);
    }

    /** With a message that says what is wrong and what was expected, and shows no secret. */
    public static ConfigException unusable(String setting, String message) {
        return new ConfigException(setting, ": " + message);
    }

    /** Refuses a duration that is shorter than what works. */
    public static void atLeast(String setting, Duration given, Duration least) {
        if (given.compareTo(least) < 0) {
            throw bad(setting, given.toMillis() + "ms", "at least " + least.toMillis() + "ms");
        }
    }

    /** @param what why the file that the setting names is of no use, such as {@code is a directory} */
    public static ConfigException badFile(String setting, String file, String what, String expected) {
        return new ConfigException(
                setting, " is '" + Redaction.of(file) + "', which " + what + "; expected " + expected);
    }

    /** The variable or option that is at fault. */
    public String setting() {
        return setting;
    }

    /** The message, where the setting was given under another name: as an option instead of a variable. */
    String messageFor(String name) {
        return name + problem;
    }
}
