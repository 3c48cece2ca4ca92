// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.postgres;

import com.sun.security.auth.module.UnixSystem;
import dev.freshet.devservices.backend.DevServicesException;
import dev.freshet.devservices.binaries.BinaryCache;
import dev.freshet.devservices.process.SystemCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that PostgreSQL runs as, because it refuses to run as root. This is the current user; or root in its own
 * user namespace, where it has no privileges; or, where namespaces are not allowed (as in most containers), the user
 * {@code nobody}.
 *
 * @param prefix prefix for each of the user's commands
 * @param owner the required owner of the data; null: the current user
 */
record ServerUser(List<String> prefix, String owner) {

    static ServerUser choose() {
        if (!isRoot()) {
            return new ServerUser(List.of(), null);
        }
        var unshare = SystemCommands.find("unshare").map(tool -> List.of(tool, "-U"));
        if (unshare.isPresent() && works(unshare.get())) {
            return new ServerUser(unshare.get(), null);
        }
        var setpriv = SystemCommands.find("setpriv")
                .map(tool -> List.of(tool, "--reuid=nobody", "--regid=65534", "--clear-groups", "--"));
        if (setpriv.isPresent() && works(setpriv.get())) {
            return new ServerUser(setpriv.get(), "nobody");
        }
        throw new DevServicesException(
                "PostgreSQL does not run as root, and there is no way from here to another user: "
                        + "neither `unshare -U true` (user namespaces) nor `setpriv --reuid=nobody --regid=65534 "
                        + "--clear-groups true` works. Run as an ordinary user, allow user namespaces, or start a Docker engine");
    }

    private static boolean works(List<String> prefix) {
        return SystemCommands.succeeds(command(prefix, List.of("true")));
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** Another user must be able to read the binaries, and cannot do so in root's home. */
    BinaryCache binaries() {
        return owner == null ? BinaryCache.ofThisUser() : BinaryCache.ofTemporaryFolder();
    }

    List<String> command(List<String> command) {
        return command(prefix, command);
    }

    /** Creates a folder in {@code parent} that this user's servers can write to. */
    Path folder(Path parent, String name) throws IOException {
        var folder = Files.createDirectory(parent.resolve(name));
        if (owner != null) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
            give(folder);
        }
        return folder;
    }

    void give(Path path) throws IOException {
        if (owner != null) {
            UserPrincipal principal =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
            Files.setOwner(path, principal);
        }
    }

    private static List<String> command(List<String> prefix, List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
