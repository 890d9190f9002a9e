package dev.belay.modules;

import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Type;

/** The page of {@code unarchive}. */
final class UnarchiveSpec {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "unarchive")
          .summary("Unpacks an archive into a folder on the host.")
          .doc(
              "tar, plain or compressed with gzip, bzip2, xz or zstd, by GNU tar; zip by unzip. The host needs the program."
                  + " An archive that is on the host is compared with what is on disk, entry by entry, by a check too: kind, size, times, mode, owner and contents of a tar; kind, size, time and mode of a zip. Without root, owners and modes do not count, for they cannot be set."
                  + " An archive from the control side or a server has to reach the host first, so a check can tell only that it was not compared, unless 'creates' decides; a run compares it there and says truly whether anything changed."
                  + "\n\nNothing is written before the table of contents was read. Refused, by name: absolute names, '..', links that lead out of the folder, files through links, hard links out, devices and pipes, more than 'max_entries' entries or 'max_size' bytes, more than there is room for. Programs with setuid or setgid bits are unpacked, and told as a risk."
                  + "\n\nAn archive is merged into the folder, so it is unpacked there and not beside it. While that goes on a file '.belay-unarchive-…' lies in the folder; where a run is cut off, it stays, and the next run unpacks again, whatever 'creates' says."
                  + "\n\nA program that comes as an archive is best unpacked into a folder of its version's name, with a link that leads to it: 'tar -xf … && mv py311 python' moves the second time into the first one's folder, and this does not:"
                  + "\n\n```yaml\n- file: {path: /opt/python/3.11.4, state: directory}\n- unarchive: {src: /opt/archives/py311_bisheng.tar.gz, remote_src: true, dest: /opt/python/3.11.4, extra_opts: [--strip-components=1], creates: /opt/python/3.11.4/bin}\n- file: {src: /opt/python/3.11.4, path: /usr/local/python, state: link}\n```\n\n"
                  + "'io_buffer_size', 'unsafe_writes', 'attributes', the SELinux parameters and the result 'extract_results' are not supported.")
          .parameters(
              Parameter.required(
                  "src",
                  Type.SOURCE,
                  "The archive here; with 'remote_src' a path on the host, or an http or https URL that the host fetches."),
              Parameter.required("dest", Type.PATH, "The folder, which must be there."),
              FileParameters.DECRYPT,
              Parameter.optional(
                  "remote_src", Type.FLAG, "Whether 'src' is on the host, or fetched by it."),
              Parameter.optional(
                  "copy", Type.FLAG, "Ansible's old word: the opposite of 'remote_src'."),
              Parameter.optional(
                  "creates",
                  Type.PATH,
                  "A path on the host; where it exists, nothing is unpacked nor compared."),
              Parameter.optional("include", Type.LIST, "Entries to unpack; without it, all."),
              Parameter.optional("exclude", Type.LIST, "Entries to leave out."),
              Parameter.optional(
                  "extra_opts",
                  Type.LIST,
                  "More words for tar, or for unzip where it is a zip, as --strip-components=1. Those that lead out of the folder are refused."),
              Parameter.optional(
                      "keep_newer",
                      Type.FLAG,
                      "Whether files that are newer than the archive's stay; then they are no difference.")
                  .defaultsTo(false),
              Parameter.optional(
                      "list_files", Type.FLAG, "Whether the result has the names of all entries.")
                  .defaultsTo(false),
              Parameter.optional(
                      "validate_certs",
                      Type.FLAG,
                      "Whether the server of a URL must prove who it is.")
                  .defaultsTo(true),
              Parameter.optional(
                      "max_entries", Type.INTEGER, "Belay's own. More entries are refused.")
                  .defaultsTo(500_000L),
              Parameter.optional(
                      "max_size", Type.INTEGER, "Belay's own. More bytes, unpacked, are refused.")
                  .defaultsTo(200L * 1024 * 1024 * 1024))
          .parameters(
              Parameter.optional(
                  "mode",
                  Type.MODE,
                  "Permissions of all that is unpacked, as '0644' or 'u=rwX,go=rX'."),
              Parameter.optional("owner", Type.TEXT, "A user's name or number, for all of it."),
              Parameter.optional("group", Type.TEXT, "A group's name or number, for all of it."))
          .example(
              "- unarchive:\n    src: /opt/archives/py311_bisheng.tar.gz\n    dest: /opt/python/3.11.4\n    remote_src: true\n    extra_opts: [--strip-components=1]\n    creates: /opt/python/3.11.4/bin/python3.11")
          .result("dest", "The folder.")
          .result("src", "The archive.")
          .result(
              "handler",
              "What reads it: TgzArchive for gzip, TarArchive for other tar files, ZipArchive.")
          .result("files", "The names of all entries, with 'list_files'.")
          .result("mode", "The folder's permissions; and owner, group, uid, gid, size, state.")
          .makes(Unarchive::of);

  private UnarchiveSpec() {}
}
