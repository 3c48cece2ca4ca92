// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks, before the work begins, that a file named by a setting can be written later. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Checks the file without changing anything.
     *
     * @param setting the option that names the file
     * @throws ConfigException if the file cannot be written
     */
    public static void require(String setting, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String wrong = null;
        if (Files.isDirectory(file)) {
            wrong = "is a directory";
        } else if (folder != null && !Files.isDirectory(folder)) {
            wrong = "is in a folder that does not exist";
        } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            wrong = "may not be written";
        }
        if (wrong != null) {
            throw ConfigException.badFile(setting, file.toString(), wrong, "a file to write to");
        }
    }
}
