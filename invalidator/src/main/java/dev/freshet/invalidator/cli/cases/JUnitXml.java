// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.cli.cases;

import java.io.Writer;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes what came of cases as JUnit's XML, which build servers read. */
final class JUnitXml {
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** @param suite the name of the file of cases */
    static void write(Writer out, String suite, List<CaseResult> results) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
        new JUnitXml(xml).all(suite, results);
        xml.flush();
    }

    private void all(String suite, List<CaseResult> results) throws XMLStreamException {
        long failed = results.stream().filter(result -> !result.passed()).count();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuite");
        attribute("name", suite);
        attribute("tests", Integer.toString(results.size()));
        attribute("failures", Long.toString(failed));
        attribute("errors", "0");
        attribute("skipped", "0");
        for (CaseResult result : results) {
            one(suite, result);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void one(String suite, CaseResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", suite);
        attribute("name", result.ofCase().name());
        attribute("file", result.ofCase().at().file());
        attribute("line", Integer.toString(result.ofCase().at().line()));
        if (!result.passed()) {
            xml.writeStartElement("failure");
            attribute(
                    "message",
                    result.missing().size() + " missing, " + result.surplus().size() + " surplus");
            xml.writeCharacters(legal(String.join("\n", CaseReport.differences(result))));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** XML cannot hold most control characters, not even escaped. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }
}
