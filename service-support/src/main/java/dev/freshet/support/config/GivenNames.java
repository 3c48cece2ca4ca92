// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Under which name a setting was given, so that a message can name that: as an option, or as a variable. */
record GivenNames(List<String> arguments, Environment environment) {
    GivenNames(String[] arguments, Environment environment) {
        this(List.of(arguments), environment);
    }

    /** The option as it stands on the command line, else the variable that is set instead of it. */
    Optional<String> of(OptionSpec option) {
        return typed(option)
                .or(() -> Optional.of(EnvironmentDefaults.variableOf(option.longestName()))
                        .filter(variable -> environment.get(variable).isPresent()));
    }

    /** How to call a setting that is known as a variable, or as an option, of one of these options. */
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
