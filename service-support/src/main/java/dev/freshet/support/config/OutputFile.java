// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a setting names, to be written to later: whether that can work is better known before the work than behind it. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Changes nothing.
     *
     * @param setting the option that names the file
     * @throws ConfigException if nothing can be written there
     */
    public static void require(String setting, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String wrong = null;
        if (Files.isDirectory(file)) {
            wrong = "is a directory";
        } else if (folder != null && !Files.isDirectory(folder)) {
            wrong = "lies in no folder that exists";
        } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            wrong = "may not be written";
        }
        if (wrong != null) {
            throw ConfigException.badFile(setting, file.toString(), wrong, "a file to write to");
        }
    }
}
