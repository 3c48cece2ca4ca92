// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import dev.freshet.support.config.Environment;
import java.util.Locale;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads options that are not given from the environment: {@code --jdbc-url} from {@code FRESHET_JDBC_URL}. */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Environment environment;

    public EnvironmentDefaults(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
            return environment.get(variableOf(option.longestName())).orElse(null);
        }
        return null;
    }

    /** The variable for an option, such as {@code FRESHET_JDBC_URL} for {@code --jdbc-url}. */
    public static String variableOf(String option) {
        return "FRESHET_" + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
