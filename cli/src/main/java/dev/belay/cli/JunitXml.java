package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.cli.JunitReport.Case;
import dev.belay.cli.JunitReport.Ending;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The elements and attributes of JUnit's XML that Surefire and Jenkins agree on.
 *
 * <p>XML has no way to write most control characters, so they are shown as the console shows them.
 */
record JunitXml(String command) {

  String document(Map<String, ImmutableList<Case>> suites, Duration took) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      List<Case> all = suites.values().stream().flatMap(List::stream).toList();
      line(xml, 0);
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "belay " + command);
      counts(xml, all);
      xml.writeAttribute("time", seconds(took));
      for (Map.Entry<String, ImmutableList<Case>> suite : suites.entrySet()) {
        suite(xml, suite.getKey(), suite.getValue());
      }
      line(xml, 0);
      xml.writeEndElement();
      line(xml, 0);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  private static void line(XMLStreamWriter xml, int indent) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(indent));
  }

  private static void counts(XMLStreamWriter xml, List<Case> cases) throws XMLStreamException {
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute("failures", count(cases, Ending.FAILURE));
    xml.writeAttribute("errors", count(cases, Ending.ERROR));
  }

  private static String count(List<Case> cases, Ending ending) {
    return String.valueOf(cases.stream().filter(one -> one.ending() == ending).count());
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
  }

  private static void suite(XMLStreamWriter xml, String host, List<Case> cases)
      throws XMLStreamException {
    line(xml, 1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", Visible.line(host));
    counts(xml, cases);
    xml.writeAttribute("skipped", count(cases, Ending.SKIPPED));
    for (Case one : cases) {
      write(xml, one);
    }
    line(xml, 1);
    xml.writeEndElement();
  }

  private static void write(XMLStreamWriter xml, Case one) throws XMLStreamException {
    line(xml, 2);
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", Visible.line(one.play()));
    xml.writeAttribute("name", Visible.line(one.name()));
    xml.writeAttribute("time", seconds(one.took()));
    line(xml, 3);
    switch (one.ending()) {
      case PASSED -> xml.writeStartElement("system-out");
      case SKIPPED -> {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", Visible.line(one.message()));
        line(xml, 3);
        xml.writeStartElement("system-out");
      }
      case FAILURE, ERROR -> {
        xml.writeStartElement(one.ending().name().toLowerCase(Locale.ROOT));
        xml.writeAttribute("message", Visible.line(one.message()));
        xml.writeAttribute("type", one.type());
      }
    }
    xml.writeCharacters(Visible.block(one.text()));
    xml.writeEndElement();
    line(xml, 2);
    xml.writeEndElement();
  }
}
