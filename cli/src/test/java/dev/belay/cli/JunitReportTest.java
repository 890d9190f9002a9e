package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Remark;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** JUnit's XML, read by a real parser and held against a schema. */
final class JunitReportTest {
  private final List<String> written = new ArrayList<>();
  private final JunitReport report = new JunitReport("audit", RunOptions.Mode.CHECK, written::add);

  private static Document parsed(String xml) throws Exception {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(JunitReportTest.class.getResource("/junit.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler());
    return builder.parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> all(Document document, String name) {
    NodeList list = document.getElementsByTagName(name);
    return IntStream.range(0, list.getLength()).mapToObj(i -> (Element) list.item(i)).toList();
  }

  private static String ending(Element testcase) {
    Element first = (Element) testcase.getElementsByTagName("*").item(0);
    String type = first.getAttribute("type");
    return first.getTagName() + (type.isEmpty() ? "" : ":" + type);
  }

  private Document end(Recap recap) throws Exception {
    recap.hosts().keySet().forEach(report::hostDone);
    report.runDone(recap);
    assertEquals(1, written.size());
    return parsed(written.get(0));
  }

  private void done(int number, Outcome outcome) {
    report.taskDone("h1", Events.task(number, "task " + number), outcome);
  }

  @Test
  void every_status_has_its_element() throws Exception {
    report.playStarted(Events.play("Tune", "h1"));
    done(1, Events.outcome(Status.OK, ""));
    done(2, Events.drift(Events.change("x", "60", "1")));
    done(3, Events.outcome(Status.SKIPPED, "when: false"));
    done(4, Events.outcome(Status.UNSUPPORTED, "no such thing"));
    done(5, Events.outcome(Status.UNVERIFIABLE, "locked"));
    done(6, Events.outcome(Status.UNKNOWN, "waits"));
    done(7, Events.ignored(Events.outcome(Status.FAILED, "never mind")));
    done(8, Events.outcome(Status.FAILED, "rescued"));
    report.rescued("h1");
    done(9, Events.remarked(Status.OK, Remark.shadowed("by x")));
    done(10, Events.remarked(Status.OK, Remark.restartNeeded("of x")));
    done(11, Events.remarked(Status.OK, Remark.risk("may harm")));
    done(12, Events.outcome(Status.FAILED, "broken"));
    done(13, Events.outcome(Status.UNREACHABLE, "lost"));
    Document xml = end(Events.recap(Events.tally(1, 1, 1), "h1"));
    assertEquals(
        List.of(
            "system-out",
            "failure:drift",
            "skipped",
            "skipped",
            "skipped",
            "skipped",
            "skipped",
            "skipped",
            "failure:shadowed",
            "failure:restart-needed",
            "system-out",
            "failure:failed",
            "error:unreachable"),
        all(xml, "testcase").stream().map(JunitReportTest::ending).toList());
    Element suite = all(xml, "testsuite").get(0);
    assertEquals("h1", suite.getAttribute("name"));
    assertEquals("13", suite.getAttribute("tests"));
    assertEquals("4", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("errors"));
    assertEquals("6", suite.getAttribute("skipped"));
    assertEquals("no such thing", all(xml, "skipped").get(1).getAttribute("message"));
    assertEquals("Tune", all(xml, "testcase").get(0).getAttribute("classname"));
    assertTrue(all(xml, "failure").get(0).getTextContent().contains("source: guide, 5.2"));
  }

  @Test
  void no_text_breaks_the_document() throws Exception {
    String evil =
        "]]> <script>alert('x') & \"y\"</script> \u001b[2J \u0000 \ud800 \ufffe \udfff <!-- &#0; \u202e \r\n\t end \ud83d\ude00";
    report.playStarted(Events.play(evil, evil));
    Outcome drift =
        Events.full(
            Status.WOULD_CHANGE,
            ImmutableMap.of("stdout", evil),
            ImmutableList.of(
                Events.change(evil, evil, evil + "x"), Events.change("e", "]]>", "\u001b")),
            ImmutableList.of(Remark.risk(evil)));
    report.taskDone(evil, Events.task(1, evil), drift);
    report.taskDone(
        evil,
        Events.task(2, evil),
        Events.loop(Status.FAILED, new Outcome.Item(evil, Events.outcome(Status.FAILED, evil))));
    report.taskDone(evil, Events.task(3, "skip"), Events.outcome(Status.SKIPPED, evil));
    report.taskDone(evil, Events.task(4, "lost"), Events.outcome(Status.UNREACHABLE, evil));
    Document xml = end(Events.recap(Events.tally(1, 1, 1), evil));
    assertEquals(0, all(xml, "script").size());
    String message = all(xml, "failure").get(1).getAttribute("message");
    assertTrue(
        message.contains("]]> <script>") && message.contains("\\u001b[2J \\u0000 \\ud800"),
        message);
    assertTrue(message.contains("end \ud83d\ude00"), message);
  }

  @Test
  void what_is_hidden_shows_its_status_and_nothing_of_its_values() throws Exception {
    report.playStarted(Events.play("Tune", "h1"));
    Outcome secret =
        Events.full(
            Status.FAILED,
            ImmutableMap.of("stdout", "hunter2"),
            ImmutableList.of(Events.change("hunter2", "hunter2", "hunter2")),
            ImmutableList.of(Remark.risk("hunter2")));
    done(1, Events.hidden(secret));
    done(2, Events.hidden(Events.outcome(Status.SKIPPED, "hunter2")));
    done(
        3,
        Events.hidden(
            Events.full(Status.CHANGED, secret.result(), secret.changes(), secret.remarks())));
    end(Events.recap(Events.tally(0, 0, 1), "h1"));
    assertFalse(written.get(0).contains("hunter2"), written.get(0));
    assertTrue(written.get(0).contains("hidden by no_log"));
  }

  @Test
  void two_tasks_of_one_name_are_told_apart() throws Exception {
    report.playStarted(Events.play("Tune", "h1"));
    for (int i = 1; i <= 3; i++) {
      report.taskDone("h1", Events.task(i, "same"), Events.outcome(Status.OK, ""));
    }
    Document xml = end(Events.recap(Events.tally(0, 0, 0), "h1"));
    assertEquals(
        List.of("same", "same #2", "same #3"),
        all(xml, "testcase").stream().map(e -> e.getAttribute("name")).toList());
  }

  @Test
  void in_a_run_what_was_changed_has_passed() throws Exception {
    JunitReport run = new JunitReport("run", RunOptions.Mode.APPLY, written::add);
    run.playStarted(Events.play("Tune", "h1"));
    run.taskDone(
        "h1",
        Events.task(1, "a"),
        Events.full(
            Status.CHANGED,
            ImmutableMap.of(),
            ImmutableList.of(Events.change("x", "60", "1")),
            ImmutableList.of()));
    run.hostDone("h1");
    run.runDone(Events.recap(Events.tally(1, 0, 0), "h1"));
    Element out = all(parsed(written.get(0)), "system-out").get(0);
    assertTrue(out.getTextContent().startsWith("[changed] x: 60 -> 1\n"), out.getTextContent());
  }

  @Test
  void the_order_in_which_hosts_come_changes_nothing() {
    String expected = "";
    for (int seed = 0; seed < 10; seed++) {
      List<String> documents = new ArrayList<>();
      JunitReport shuffled = new JunitReport("audit", RunOptions.Mode.CHECK, documents::add);
      List<String> hosts = new ArrayList<>(List.of("h1", "h2", "h3", "h4", "h5"));
      shuffled.playStarted(Events.play("Tune", hosts.toArray(new String[0])));
      Collections.shuffle(hosts, new Random(seed));
      for (String host : hosts) {
        shuffled.taskDone(host, Events.task(1, "a"), Events.outcome(Status.FAILED, host));
        shuffled.hostDone(host);
      }
      shuffled.runDone(Events.recap(Events.tally(0, 0, 1), "h1", "h2"));
      assertTrue(expected.isEmpty() || expected.equals(documents.get(0)), documents.get(0));
      expected = documents.get(0);
    }
  }

  @Test
  void a_host_that_a_mistake_ended_outside_of_any_task_is_a_failure() throws Exception {
    report.playStarted(Events.play("Tune", "h1"));
    Document xml = end(Events.recap(Events.tally(0, 0, 1), "h1"));
    assertEquals("failed", all(xml, "failure").get(0).getAttribute("type"));
  }

  @Test
  void the_schema_and_the_parser_notice_what_is_wrong() throws Exception {
    String fine =
        "<testsuites name='b' tests='1' failures='0' errors='0' time='0.000'><testsuite name='h' tests='1'"
            + " failures='0' errors='0' skipped='0'><testcase classname='p' name='t' time='0.001'/></testsuite></testsuites>";
    assertEquals("testsuites", parsed(fine).getDocumentElement().getTagName());
    for (String wrong :
        List.of(
            fine.replace(" time='0.001'", ""),
            fine.replace("skipped='0'", ""),
            fine.replace("<testcase", "<testcase odd='1'"),
            fine.replace("name='t'", "name='\u001b'"),
            fine.replace("name='t'", "name='<'"))) {
      assertThrows(SAXException.class, () -> parsed(wrong), wrong);
    }
    String twice = fine.replaceAll("(<testcase[^>]*/>)", "$1$1");
    assertThrows(SAXException.class, () -> parsed(twice));
  }

  @Test
  void messages_of_several_items_are_all_there() throws Exception {
    report.playStarted(Events.play("Tune", "h1"));
    done(
        1,
        Events.loop(
            Status.FAILED,
            new Outcome.Item("one", Events.outcome(Status.OK, "")),
            new Outcome.Item("two", Events.outcome(Status.FAILED, "no two")),
            new Outcome.Item("three", Events.drift(Events.change("x", "1", "2")))));
    Document xml = end(Events.recap(Events.tally(0, 0, 1), "h1"));
    String text = all(xml, "failure").get(0).getTextContent();
    assertEquals(
        "[failed] two: no two\n[drift] x: 1 -> 2",
        text.lines().limit(2).collect(Collectors.joining("\n")));
  }
}
