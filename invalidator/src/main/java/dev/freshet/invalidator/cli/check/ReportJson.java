// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.model.finding.Finding;
import dev.freshet.model.finding.Layer;
import dev.freshet.model.finding.Place;
import dev.freshet.model.finding.Severity;

/** A report as one JSON object. Fields may be added; none changes its meaning while the version stays. */
final class ReportJson {
    private static final int VERSION = 1;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportJson() {}

    static ObjectNode of(Report report) {
        ObjectNode node = JSON.objectNode();
        node.put("version", VERSION);
        ObjectNode layers = node.putObject("layers");
        for (Layer layer : Layer.values()) {
            layers.put(layer.toString(), report.state(layer).toString());
        }
        for (Severity severity : Severity.values()) {
            node.put(severity + "s", report.count(severity));
        }
        ArrayNode findings = node.putArray("findings");
        report.findings().forEach(finding -> findings.add(of(finding)));
        return node;
    }

    private static ObjectNode of(Finding finding) {
        ObjectNode node = JSON.objectNode();
        node.put("code", finding.code().id());
        node.put("severity", finding.code().severity().toString());
        node.put("layer", finding.code().layer().toString());
        node.set("place", of(finding.place()));
        node.put("found", finding.found());
        node.put("expected", finding.code().explanation().expected());
        ArrayNode statements = node.putArray("statements");
        finding.remedy().forEach(statements::add);
        return node;
    }

    private static ObjectNode of(Place place) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", place.kind().toString());
        node.put("name", place.name());
        if (place.kind() == Place.Kind.FILE) {
            node.put("line", place.line());
            node.put("column", place.column());
        }
        return node;
    }
}
