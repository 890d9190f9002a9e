package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Type;

/** The page of {@code uri}. */
final class UriSpec {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "uri")
          .summary("Makes a request to a web service from the host.")
          .doc(
              "The host makes it with curl, once; 'until' and 'retries' of the task make it again. Its URL's password, its headers and its body are never on a command line. A check makes no request: the task is skipped."
                  + " With 'changed_when: false' and 'check_mode: false' on the task a GET or HEAD without 'dest' counts as a question and is asked in a check too."
                  + "\n\nOther than Ansible: 'dest' counts as changed only where the file differs; an answer that is not expected does not become a file. The body form-multipart, 'use_gssapi', 'force', 'unsafe_writes', 'attributes' and the SELinux parameters are not supported and refused.")
          .parameters(
              Parameter.required(
                  "url",
                  Type.TEXT,
                  "Where to: http or https. A user and password in it are kept out of reports."),
              Parameter.optional("method", Type.TEXT, "HTTP's.").defaultsTo("GET"),
              Parameter.optional(
                  "body",
                  Type.ANY,
                  "What is sent: a text, or what 'body_format' makes of a mapping or list."),
              Parameter.optional(
                      "body_format",
                      Type.TEXT,
                      "How 'body' is written; json and form-urlencoded set Content-Type, unless 'headers' does.")
                  .oneOf("raw", "json", "form-urlencoded")
                  .defaultsTo("raw"),
              Parameter.optional(
                  "src",
                  Type.SOURCE,
                  "A file to send instead: a text of 1 MiB at most from here, or with 'remote_src' any on the host."),
              Parameter.optional("remote_src", Type.FLAG, "Whether 'src' is on the host.")
                  .defaultsTo(false),
              Parameter.optional(
                      "status_code", Type.LIST, "The answers that count as success, as numbers.")
                  .defaultsTo(ImmutableList.of(200L)),
              Parameter.optional(
                      "return_content", Type.FLAG, "Whether the result has the answer's body.")
                  .defaultsTo(false),
              Parameter.optional(
                  "dest",
                  Type.PATH,
                  "The file for the answer's body; in a folder it gets the URL's last name."),
              Parameter.optional("creates", Type.PATH, "Where it exists, no request is made."),
              Parameter.optional(
                  "removes", Type.PATH, "Where it does not exist, no request is made."),
              Parameter.optional(
                      "follow_redirects",
                      Type.SCALAR,
                      "Which redirects are followed, ten at most. safe: those of GET and HEAD. all keeps the method. true is all, false is safe.")
                  .defaultsTo("safe"),
              Parameter.optional(
                      "timeout",
                      Type.INTEGER,
                      "Seconds for connecting, and for which the server may be silent.")
                  .defaultsTo(30L),
              Parameter.optional(
                  "unix_socket", Type.PATH, "A socket on the host to connect to instead."))
          .parameters(WebSettings.PARAMETERS)
          .parameters(FileParameters.ATTRIBUTES)
          .example(
              "- uri:\n    url: http://127.0.0.1:8000/health\n    return_content: true\n  changed_when: false\n  check_mode: false\n  register: health")
          .example(
              "- uri:\n    url: http://127.0.0.1:8000/v1/completions\n    method: POST\n    body_format: json\n    body: {model: qwen, prompt: hello}\n    status_code: [200, 201]")
          .result("status", "HTTP's; -1 where the server did not answer.")
          .result("msg", "How it went, as 'OK (23 bytes)'.")
          .result("url", "Where the answer came from, after redirects.")
          .result("redirected", "Whether there were any.")
          .result("elapsed", "Seconds.")
          .result("content", "The answer's body, with 'return_content'.")
          .result("json", "The body as a value, where the answer says that it is JSON.")
          .result("cookies", "By name; and as 'cookies_string' for a header.")
          .result("content_type", "As every header of the answer: in small letters, with _ for -.")
          .result("path", "The file, with 'dest'; and its mode, owner, group, size.")
          .makes(Uri::of);

  private UriSpec() {}
}
