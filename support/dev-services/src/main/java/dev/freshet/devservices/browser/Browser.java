// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.devservices.browser;

import static dev.freshet.devservices.junit.Patience.PATIENCE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window, in which tests look at pages. */
public final class Browser {
    private final String program;
    private final Path folder;

    private Browser(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The Chromium that is installed, if one is.
     *
     * @param folder for its profile
     */
    public static Optional<Browser> installed(Path folder) {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(each -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(at -> Files.isExecutable(Path.of(at, each))))
                .findFirst()
                .map(program -> new Browser(program, folder));
    }

    /** The page as HTML, after its scripts have had six seconds of the page's own time. */
    public String dom(String url) throws IOException, InterruptedException {
        return open(url, List.of("--dump-dom"));
    }

    /**
     * Takes a picture of the page.
     *
     * @param options such as {@code --window-size=500,3000} and {@code --force-dark-mode}
     */
    public void picture(String url, Path file, List<String> options) throws IOException, InterruptedException {
        var words = new ArrayList<>(options);
        words.add("--screenshot=" + file);
        open(url, words);
    }

    private String open(String url, List<String> options) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--virtual-time-budget=6000",
                "--user-data-dir=" + folder.resolve("profile")));
        words.addAll(options);
        words.add(url);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(words)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(program + " did not end: " + url);
        }
        return Files.readString(out);
    }
}
