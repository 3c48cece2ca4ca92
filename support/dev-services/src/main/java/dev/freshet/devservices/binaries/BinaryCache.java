// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.binaries;

import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.process.WorkFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Server binaries that are unpacked from the class path once and kept for later starts. Each version has its own
 * folder, named by checksum, so that versions never mix. Several JVMs may fill the cache at once: each unpacks into a
 * temporary folder, and the first to finish wins.
 */
public final class BinaryCache {
    private final Path root;

    private BinaryCache(Path root) {
        this.root = root;
    }

    /**
     * {@code $XDG_CACHE_HOME/freshet} or {@code ~/.cache/freshet}, otherwise a folder of this user in the temporary
     * folder.
     */
    public static BinaryCache ofThisUser() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var home = System.getProperty("user.home", "");
        var wanted = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(home.isEmpty() ? "/" : home, ".cache");
        try {
            return new BinaryCache(Files.createDirectories(wanted.resolve("freshet")));
        } catch (IOException noHome) {
            return ofTemporaryFolder();
        }
    }

    /** For binaries that another user must be able to read, and for users without a home folder. */
    public static BinaryCache ofTemporaryFolder() {
        var folder = Path.of(
                System.getProperty("java.io.tmpdir"), "freshet_binaries_" + System.getProperty("user.name", "unknown"));
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            var probe = Files.createTempFile(folder, ".probe", null);
            var stranger = !Files.getOwner(folder).equals(Files.getOwner(probe)) || Files.isSymbolicLink(folder);
            Files.delete(probe);
            if (stranger) {
                throw new DevServicesException(folder + " belongs to someone else; remove it");
            }
            return new BinaryCache(folder);
        } catch (IOException e) {
            throw new DevServicesException("cannot use " + folder + " for the servers' binaries", e);
        }
    }

    /** Unpacks an archive if necessary. Returns the folder with its contents. */
    public Path unpacked(String archive) {
        return place(archive, (in, folder) -> untar(new XZInputStream(in), folder));
    }

    /** Copies a file out of the class path if necessary. Returns the executable file. */
    public Path executable(String resource) {
        return place(resource, (in, folder) -> {
                    var file = folder.resolve(resource);
                    Files.copy(in, file);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve(resource);
    }

    private Path place(String resource, Unpacking unpacking) {
        try {
            var place = root.resolve(resource + "-" + checksum(resource));
            if (!Files.isDirectory(place)) {
                var beside = Files.createTempDirectory(root, ".unpacking-");
                try (var in = open(resource)) {
                    unpacking.unpack(in, beside);
                    moveInto(beside, place);
                } finally {
                    WorkFolder.delete(beside);
                }
            }
            return place;
        } catch (IOException e) {
            throw new DevServicesException("cannot unpack " + resource + " into " + root, e);
        }
    }

    private static void moveInto(Path beside, Path place) throws IOException {
        try {
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            } // otherwise another JVM was faster, with the same contents
        }
    }

    /** The CRC-32 of the contents. A jar knows it, so that nobody reads 15 MB before each start. */
    private static String checksum(String resource) throws IOException {
        var place = BinaryCache.class.getResource("/" + resource);
        if (place != null && place.openConnection() instanceof JarURLConnection jar) {
            return HexFormat.of().toHexDigits(jar.getJarEntry().getCrc(), 8);
        }
        var crc = new CRC32();
        try (var in = open(resource)) {
            var buffer = new byte[64 * 1024];
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
            }
        }
        return HexFormat.of().toHexDigits(crc.getValue(), 8);
    }

    private static InputStream open(String resource) {
        var in = BinaryCache.class.getResourceAsStream("/" + resource);
        if (in == null) {
            throw new DevServicesException("there is no " + resource + " on the class path: no binaries for "
                    + Platform.current() + " are built in. A Docker engine would do instead");
        }
        return new BufferedInputStream(in, 64 * 1024);
    }

    private static void untar(InputStream in, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(in)) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("archive entry leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                } else {
                    Files.createDirectories(target.getParent());
                    file(tar, entry, folder, target);
                }
            }
        }
    }

    private static void file(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder, Path target)
            throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, folder.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            var mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        }
    }

    private interface Unpacking {
        void unpack(InputStream in, Path folder) throws IOException;
    }
}
