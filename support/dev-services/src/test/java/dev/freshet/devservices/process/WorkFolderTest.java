// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkFolderTest {
    private static final int FILES = 3_000;

    /** A killed Redis leaves a child behind for a moment, which writes what it has to save. */
    @Test
    void aFolderIsRemovedAlsoIfSomethingWritesToItMeanwhile() throws Exception {
        for (int round = 0; round < 5; round++) {
            var folder = WorkFolder.create("written-to");
            var begun = new CountDownLatch(1);
            var child = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < FILES; i++) {
                    try {
                        Files.createFile(folder.path().resolve("file-" + i));
                    } catch (NoSuchFileException e) {
                        return; // The folder is gone, as it is for the child of a server.
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    } finally {
                        begun.countDown();
                    }
                }
            });
            begun.await();
            folder.close();
            child.join();
            assertThat(folder.path()).doesNotExist();
        }
    }
}
