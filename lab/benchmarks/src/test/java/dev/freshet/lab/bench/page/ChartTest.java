// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.result.Metric;
import dev.freshet.lab.bench.result.Results;
import dev.freshet.lab.bench.result.Sample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {
    private static final Metric MILLIS = new Metric("millis", "p50 & more", 1, true);

    private static Results results(double freshet, double floor) {
        return new Results(
                "latency",
                "floor",
                List.of(MILLIS),
                List.of(
                        new Sample("20 \"commits\"/s", 1, "freshet", Map.of("millis", freshet)),
                        new Sample("20 \"commits\"/s", 1, "floor", Map.of("millis", floor))));
    }

    private static Document chart(double freshet, double floor) throws Exception {
        String svg = Chart.of(results(freshet, floor), MILLIS);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Integer> widths(Document chart) {
        var bars = chart.getElementsByTagName("rect");
        return IntStream.range(0, bars.getLength())
                .mapToObj(i -> Integer.parseInt(((Element) bars.item(i)).getAttribute("width")))
                .toList();
    }

    @Test
    void lengthsAreProportional() throws Exception {
        assertThat(widths(chart(10, 5))).containsExactly(500, 250);
        assertThat(chart(10, 5).getDocumentElement().getTextContent()).doesNotContain("logarithmic");
    }

    @Test
    void lengthsAreLogarithmicIfValuesAreFarApart() throws Exception {
        assertThat(widths(chart(1_000, 10))).containsExactly(500, 167);
        assertThat(chart(1_000, 10).getDocumentElement().getTextContent()).contains("logarithmic", "1,000.0", "10.0");
    }

    @Test
    void nothingIsSeen() throws Exception {
        assertThat(widths(chart(0, 10))).containsExactly(1, 500);
        assertThat(widths(chart(0, 0))).containsExactly(1, 1);
    }

    @Test
    void whatFreshetLosesIsNamed() {
        assertThat(Lost.of(results(3, 2)))
                .containsExactly("latency, 20 \"commits\"/s, against floor: p50 & more 1.50 ×");
        assertThat(Lost.of(results(2, 2))).isEmpty();
        var rate = new Metric("rate", "rows/s", 0, true, true);
        var rates = new Results(
                "drain",
                "floor",
                List.of(rate),
                List.of(
                        new Sample("x", 1, "freshet", Map.of("rate", 1.0)),
                        new Sample("x", 1, "floor", Map.of("rate", 4.0))));
        assertThat(Lost.of(rates)).containsExactly("drain, x, against floor: rows/s 0.25 ×");
    }
}
