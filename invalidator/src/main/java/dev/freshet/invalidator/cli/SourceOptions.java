// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli;

import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.MappingException;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.model.text.TextFile;
import dev.freshet.support.config.ConfigException;
import dev.freshet.support.config.Environment;
import dev.freshet.support.config.postgres.JdbcOptions;
import dev.freshet.support.config.postgres.JdbcSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the changes come from, and what they mean. A picocli mixin. */
public final class SourceOptions {
    @Mixin
    private JdbcOptions jdbc;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Mapping file: what each table's changes make stale. Required.")
    private Path mapping;

    @Option(
            names = "--slot",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Replication slot; created if missing. Default: ${DEFAULT-VALUE}.")
    private String slot;

    @Option(
            names = "--publication",
            paramLabel = "NAME",
            defaultValue = "freshet",
            description = "Publication; created if missing. Default: ${DEFAULT-VALUE}.")
    private String publication;

    /** @throws ConfigException if the URL cannot be used */
    public JdbcSettings database() {
        return jdbc.settings(Environment.ofProcess());
    }

    /** @throws ConfigException if PostgreSQL would not take it for the name of a slot */
    public String slot() {
        return slot("FRESHET_SLOT", slot);
    }

    /** @throws ConfigException if it is no name */
    public String publication() {
        return publication(publication);
    }

    /** @throws ConfigException if PostgreSQL would not take it for the name of a slot */
    public static String slot(String setting, String name) {
        if (!name.matches("[a-z0-9_]{1,63}")) {
            throw ConfigException.bad(setting, name, "1 to 63 characters of a-z, 0-9 and _");
        }
        return name;
    }

    /** @throws ConfigException if it is no name */
    public static String publication(String name) {
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > 63) {
            throw ConfigException.bad("FRESHET_PUBLICATION", name, "the name of a publication, of 1 to 63 bytes");
        }
        return name;
    }

    /** @throws MappingException with all that is wrong in the file */
    public Mapping mapping() {
        return mapping(mapping);
    }

    /**
     * Reads a mapping.
     *
     * @param file null if none was given
     * @throws ConfigException if none was given, or it cannot be read
     * @throws MappingException with all that is wrong in the file
     */
    public static Mapping mapping(Path file) {
        return mapping("FRESHET_MAPPING", file);
    }

    /** @param setting where the file was named */
    public static Mapping mapping(String setting, Path file) {
        if (file == null) {
            throw ConfigException.missing(
                    "FRESHET_MAPPING",
                    "a mapping file, as --mapping FILE or in this variable: 'freshet init' drafts one from your"
                            + " database, docs/mapping-language.md says how to write one, deploy/mappings has examples");
        }
        try {
            return MappingParser.parse(file);
        } catch (IOException e) {
            throw ConfigException.badFile(setting, file.toString(), TextFile.what(e), "a mapping: YAML in UTF-8");
        }
    }
}
