// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config.cli;

import dev.freshet.support.config.Environment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The name under which a setting was given, as an option or as a variable, so that messages can use that name. */
record GivenNames(List<String> arguments, Environment environment) {
    GivenNames(String[] arguments, Environment environment) {
        this(List.of(arguments), environment);
    }

    /** The option as typed on the command line; otherwise its variable, if that is set. */
    Optional<String> of(OptionSpec option) {
        return typed(option)
                .or(() -> Optional.of(EnvironmentDefaults.variableOf(option.longestName()))
                        .filter(variable -> environment.get(variable).isPresent()));
    }

    /** The name under which a setting was given. The setting is known by its variable, or by one of these options. */
    String of(String setting, List<OptionSpec> options) {
        return options.stream()
                .filter(option -> Arrays.asList(option.names()).contains(setting)
                        || EnvironmentDefaults.variableOf(option.longestName()).equals(setting))
                .findFirst()
                .flatMap(this::of)
                .orElse(setting);
    }

    private Optional<String> typed(OptionSpec option) {
        return Arrays.stream(option.names())
                .filter(name -> arguments.stream()
                        .anyMatch(argument -> argument.equals(name) || argument.startsWith(name + "=")))
                .findFirst();
    }
}
