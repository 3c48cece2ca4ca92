// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.freshet.devservices.backend.DevServicesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder. It is removed when it is closed, when the JVM ends, and when the JVM is killed. If the shell that
 * cleans up after the JVM is killed as well, the next JVM that creates such a folder removes it and kills the servers
 * that still use it. Thread-safe.
 */
public final class WorkFolder implements AutoCloseable {
    /**
     * The users of the folder: the JVM in the first line, then the processes that work in it. A folder without this
     * file belongs to nobody.
     */
    static final String OWNER = ".owner";

    private static final String PREFIX = "freshet-";
    private static final Duration LINGERING = Duration.ofSeconds(10);
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /** Creates a folder below {@code java.io.tmpdir}, for this user only. */
    public static WorkFolder create(String name) {
        var base = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        try {
            var folder = new WorkFolder(Files.createTempDirectory(base, PREFIX + name + "-"));
            folder.usedBy(ProcessHandle.current());
            Guardian.watch(folder.path);
            Teardown.remember(folder);
            if (SWEPT.compareAndSet(false, true)) {
                sweep(base, folder.path);
            }
            return folder;
        } catch (IOException e) {
            throw new DevServicesException("cannot make a temporary folder in " + base, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Keeps the folder permanently, e.g. for its logs. */
    public void keep() {
        try {
            Files.deleteIfExists(path.resolve(OWNER));
            Teardown.forget(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Teardown.forget(this);
        delete(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    void usedBy(ProcessHandle process) throws IOException {
        Files.writeString(
                path.resolve(OWNER),
                ProcessMark.of(process) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Removes folders of this user whose JVM is gone. Anyone can create folders here, so only our own are touched. */
    private static void sweep(Path base, Path ours) throws IOException {
        var me = Files.getOwner(ours);
        try (var folders = Files.newDirectoryStream(base, PREFIX + "*")) {
            for (var folder : folders) {
                if (Files.isDirectory(folder, NOFOLLOW_LINKS)
                        && Files.getOwner(folder, NOFOLLOW_LINKS).equals(me)
                        && Files.isRegularFile(folder.resolve(OWNER), NOFOLLOW_LINKS)) {
                    removeIfOrphaned(folder);
                }
            }
        }
    }

    private static void removeIfOrphaned(Path folder) throws IOException {
        var users = Files.readAllLines(folder.resolve(OWNER)).stream()
                .map(ProcessMark::parse)
                .toList();
        if (users.isEmpty() || users.get(0).running().isPresent()) {
            return;
        }
        LoggerFactory.getLogger(WorkFolder.class).info("removing {}, left by a killed process", folder);
        for (var user : users) {
            user.running().ifPresent(ProcessHandle::destroyForcibly);
        }
        delete(folder);
    }

    /**
     * Removes a folder with its contents. What a server forked may outlive it for a moment, and write one more file: then
     * it is tried again.
     */
    public static void delete(Path folder) {
        if (!Waiting.until(() -> emptied(folder), LINGERING)) {
            throw new UncheckedIOException(
                    "cannot remove " + folder, new DirectoryNotEmptyException("something goes on writing there"));
        }
    }

    /** Whether the folder is gone; not if something wrote to it meanwhile. */
    private static boolean emptied(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // an ending server removed it itself
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
