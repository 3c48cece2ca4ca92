// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.MappingParser;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.JdbcOptions;
import dev.freshet.support.config.JdbcSettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the changes come from, and what they mean. A picocli mixin. */
final class SourceOptions {
    @Mixin
    private JdbcOptions jdbc;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "What each table's changes make stale. Default: the context hierarchy.")
    private Path mapping;

    @Option(
            names = "--slot",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Replication slot; made if it is missing. Default: ${DEFAULT-VALUE}.")
    private String slot;

    @Option(
            names = "--publication",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Publication; made if it is missing. Default: ${DEFAULT-VALUE}.")
    private String publication;

    JdbcSettings database() {
        return jdbc.settings(Environment.ofProcess());
    }

    String slot() {
        if (!slot.matches("[a-z0-9_]{1,63}")) {
            throw ConfigException.bad("FRESHET_SLOT", slot, "1 to 63 characters of a-z, 0-9 and _");
        }
        return slot;
    }

    String publication() {
        return publication;
    }

    /** @throws MappingException with all that is wrong in the file */
    Mapping mapping() {
        return mapping(mapping);
    }

    /**
     * Reads a mapping.
     *
     * @param file null: the context hierarchy
     * @throws MappingException with all that is wrong in the file
     */
    static Mapping mapping(Path file) {
        if (file == null) {
            return MappingParser.contexts();
        }
        try {
            return MappingParser.parse(file);
        } catch (IOException e) {
            throw ConfigException.bad("FRESHET_MAPPING", file.toString(), "a file that can be read");
        }
    }
}
