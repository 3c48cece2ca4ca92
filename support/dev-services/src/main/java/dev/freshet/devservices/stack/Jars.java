// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the runnable jars of the other processes. */
public final class Jars {
    private final Path root;

    private Jars(Path root) {
        this.root = root;
    }

    /** Looks in the folder that the launcher names with {@code -Dfreshet.home}, otherwise around our own jar. */
    public static Jars locate() {
        var told = System.getProperty("freshet.home");
        if (told != null) {
            return new Jars(Path.of(told));
        }
        try {
            var ours = Path.of(Jars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            // <root>/<folder>/<module>/target/<jar or classes>
            return new Jars(ours.getParent().getParent().getParent().getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of this program is not a file", e);
        }
    }

    /** A file or folder that the build makes, from the root. */
    public Path built(String path) {
        return root.resolve(path);
    }

    /**
     * A module's runnable jar. If there are several versions, the most recently modified one.
     *
     * @param folder of the module, from the root, such as {@code reference/reader-service}
     */
    public Path app(String folder) {
        var module = root.resolve(folder);
        var name = module.getFileName();
        var target = module.resolve("target");
        if (Files.isDirectory(target)) {
            try (var files = Files.list(target)) {
                var newest = files.filter(file -> file.getFileName().toString().matches(name + "-.*-app\\.jar"))
                        .max((a, b) -> Long.compare(
                                a.toFile().lastModified(), b.toFile().lastModified()));
                if (newest.isPresent()) {
                    return newest.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look into " + target, e);
            }
        }
        throw new StackException(
                "there is no " + target.resolve(name + "-*-app.jar") + ": run ./freshet quickstart, which builds it");
    }
}
