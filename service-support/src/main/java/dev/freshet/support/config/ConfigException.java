// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

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
        return new ConfigException(setting, setting + ": " + message);
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
