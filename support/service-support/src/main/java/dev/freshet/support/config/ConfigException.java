// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import dev.freshet.support.config.secret.Redaction;
import java.time.Duration;

/** A setting is missing or unusable. The message names the setting and what was expected. Retrying does not help. */
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

    /**
     * @param value the bad value, never a secret; anything that looks like the user and password of an address is
     *     hidden
     */
    public static ConfigException bad(String setting, String value, String expected) {
        return new ConfigException(setting, " is '" + Redaction.of(value) + "'; expected " + expected);
    }

    /** Like {@link #bad}, for a value that must not be shown. */
    public static ConfigException badSecret(String setting, String problem, String expected) {
        return new ConfigException(setting, " " + problem + "; expected " + expected);
    }

    /** With a message that says what is wrong and what was expected. The message must not contain a secret. */
    public static ConfigException unusable(String setting, String message) {
        return new ConfigException(setting, ": " + message);
    }

    /** Rejects a duration below the minimum. */
    public static void atLeast(String setting, Duration given, Duration least) {
        if (given.compareTo(least) < 0) {
            throw bad(setting, given.toMillis() + "ms", "at least " + least.toMillis() + "ms");
        }
    }

    /** @param what why the file cannot be used, such as {@code is a directory} */
    public static ConfigException badFile(String setting, String file, String what, String expected) {
        return new ConfigException(
                setting, " is '" + Redaction.of(file) + "', which " + what + "; expected " + expected);
    }

    /** The variable or option that is wrong. */
    public String setting() {
        return setting;
    }

    /** The message with another name for the setting, such as that of the option instead of the variable. */
    public String messageFor(String name) {
        return name + problem;
    }
}
