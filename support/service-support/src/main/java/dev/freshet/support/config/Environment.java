// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.support.config;

import dev.freshet.model.text.TextFile;
import dev.freshet.support.config.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables. An empty variable counts as not set. A secret {@code X} can instead be read from the file that
 * {@code X_FILE} names; one line break at the end of the file is ignored.
 *
 * @param variables name to value
 */
public record Environment(Map<String, String> variables) {
    /** What Java puts in the place of bytes that are not of the locale's encoding. */
    private static final char UNDECODED = '\uFFFD';

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The variables of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * @throws ConfigException if both the variable and its file are set, if the file cannot be read, or if the
     *     variable has characters that the process could not decode
     */
    public Optional<Secret> secret(String name) {
        var direct = get(name);
        var file = get(name + "_FILE");
        if (direct.isPresent() && file.isPresent()) {
            throw ConfigException.badSecret(name, "and " + name + "_FILE are both set", "one of them");
        }
        if (direct.filter(value -> value.indexOf(UNDECODED) >= 0).isPresent()) {
            throw ConfigException.badSecret(
                    name,
                    "has characters that the locale of this process lacks",
                    "LC_ALL=C.UTF-8 beside it, or a file that " + name + "_FILE names");
        }
        return file.map(path -> read(name + "_FILE", path)).or(() -> direct).map(Secret::of);
    }

    /**
     * A secret that is read anew each time that it is asked for. Empty if it is not set.
     *
     * @throws ConfigException as {@link #secret}
     */
    public Optional<RotatingSecret> rotating(String name) {
        return secret(name).map(any -> new RotatingSecret(() -> requiredSecret(name, "a secret")));
    }

    /** @throws ConfigException also if the secret is not set */
    public Secret requiredSecret(String name, String expected) {
        return secret(name).orElseThrow(() -> ConfigException.missing(name + " (or " + name + "_FILE)", expected));
    }

    private static String read(String setting, String path) {
        if (!looksLikePath(path)) {
            // The value is not shown: it may be the secret itself.
            throw ConfigException.badSecret(setting, "names no file that exists", "the name of a readable text file");
        }
        try {
            var text = TextFile.read(Path.of(path)).replaceFirst("\r?\n\\z", "");
            if (text.isEmpty()) {
                throw ConfigException.badFile(setting, path, "is empty", "a text file that holds the secret");
            }
            return text;
        } catch (IOException e) {
            throw ConfigException.badFile(setting, path, TextFile.what(e), "a text file that holds the secret");
        }
    }

    /** Whether the file exists, or the first folder of the path does. */
    private static boolean looksLikePath(String text) {
        try {
            var path = Path.of(text);
            boolean inFolder = path.getNameCount() > 1
                    && Files.isDirectory(path.isAbsolute() ? path.getRoot().resolve(path.getName(0)) : path.getName(0));
            return inFolder || Files.exists(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
