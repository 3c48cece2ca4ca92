// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.init;

import dev.freshet.model.text.NotTextException;
import dev.freshet.model.text.TextFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Writes a text file whole or not at all, also if the process ends meanwhile, and overwrites nothing unseen. */
final class SafeFile {
    private SafeFile() {}

    /** The file has other content than the caller knows. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("was changed meanwhile");
        }
    }

    /**
     * Writes the file.
     *
     * @param known its content so far; empty if there is no such file
     * @throws ChangedException if that is not its content now
     */
    static void write(Path file, String text, Optional<String> known) throws IOException {
        Path target = Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file) ? file.toRealPath() : file;
        Path folder = target.toAbsolutePath().getParent();
        File unfinished = Files.createTempFile(folder, ".freshet-", ".yaml").toFile();
        unfinished.deleteOnExit();
        try {
            Files.write(unfinished.toPath(), text.getBytes(StandardCharsets.UTF_8));
            permit(unfinished.toPath(), target, known.isPresent());
            if (known.isPresent()) {
                requireUnchanged(target, known.get());
                Files.move(unfinished.toPath(), target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                // Unlike a move, this fails if somebody has made the file meanwhile.
                link(unfinished.toPath(), target);
            }
        } finally {
            Files.deleteIfExists(unfinished.toPath());
        }
    }

    private static void link(Path unfinished, Path target) throws IOException {
        try {
            Files.createLink(target, unfinished);
        } catch (FileAlreadyExistsException e) {
            throw new ChangedException();
        } catch (IOException | UnsupportedOperationException e) {
            // Some file systems have no links.
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new ChangedException();
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void requireUnchanged(Path target, String known) throws ChangedException {
        try {
            if (TextFile.read(target).equals(known)) {
                return;
            }
        } catch (NotTextException e) {
            // Then it is not what it was.
        }
        throw new ChangedException();
    }

    /** A temporary file is for its owner alone; a mapping is no secret. */
    private static void permit(Path unfinished, Path target, boolean exists) throws IOException {
        if (Files.getFileStore(unfinished).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> permissions =
                    exists ? Files.getPosixFilePermissions(target) : PosixFilePermissions.fromString("rw-r--r--");
            Files.setPosixFilePermissions(unfinished, permissions);
        }
    }
}
