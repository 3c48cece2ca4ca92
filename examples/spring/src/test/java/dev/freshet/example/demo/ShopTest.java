// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sample: its services read each other's writes, and the page shows what is compiled here. */
class ShopTest {
    private static final Path PAGE = Path.of("../../docs/spring.md");
    private static final Path SAMPLE = Path.of("src/main/java/dev/freshet/example/catalog/Catalog.java");

    @Test
    void nobodyIsShownLessThanTheirOwnOrder() throws Exception {
        try (var shop = Shop.start()) {
            var result = new Race(shop.orders(), shop.catalog()).run(3, 20);
            assertThat(result.answers()).isEqualTo(3 * 20 * 3);
            assertThat(result.stale()).isZero();
            assertThat(get(shop.catalog().resolve("/actuator/freshet")))
                    .contains("Catalog.product", "session hit")
                    .doesNotContain("problem");
        }
    }

    @Test
    void thePageShowsTheSample() throws IOException {
        var source = Files.readString(SAMPLE);
        var sample = source.substring(
                source.indexOf("// sample\n") + "// sample\n".length(), source.indexOf("// end of sample"));
        var page = Files.readString(PAGE);
        assertThat(page).contains("```java\n" + sample.stripTrailing() + "\n```\n");
        for (var file : new String[] {"mapping.yaml", "catalog.yml", "orders.yml"}) {
            var text = Files.readString(Path.of("src/main/resources", file));
            assertThat(page).as(file).contains(afterComment(text));
        }
    }

    private static String afterComment(String text) {
        return text.lines()
                .dropWhile(line -> line.startsWith("#"))
                .reduce("", (all, line) -> all + line + "\n")
                .strip();
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
