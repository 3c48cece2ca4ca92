// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A package that a wall does not hold for yet. A line of {@code exemptions.txt}: the wall, the package, and for {@link
 * Wall#PACKAGES_ARE_SMALL} the most types that it may have.
 */
record Exemption(Wall wall, String packageName, int most) {
    static List<Exemption> all() {
        try (var in = Exemption.class.getResourceAsStream("exemptions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Exemption::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exemption parse(String line) {
        String[] words = line.split(" ");
        return new Exemption(Wall.valueOf(words[0]), words[1], words.length > 2 ? Integer.parseInt(words[2]) : 0);
    }
}
