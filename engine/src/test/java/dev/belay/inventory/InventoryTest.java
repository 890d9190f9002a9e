package dev.belay.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InventoryTest {
  @TempDir Path folder;

  private Inventory read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return InventoryReader.read(List.of(file.toString()));
  }

  private static List<String> names(String pattern, Inventory inventory) {
    return HostPattern.parse(pattern, Position.of("site.yml")).select(inventory).stream()
        .map(Host::name)
        .toList();
  }

  private static final String INI =
      """
      lone ansible_host=10.0.0.9
      [npu]
      npu[01:03] cards=8 note='two words'
      h4:2222
      [gpu]
      g1
      [all_accelerators:children]
      npu
      gpu
      [npu:vars]
      soc=910b
      ready=True
      """;

  @Test
  void an_ini_inventory_has_hosts_ranges_groups_and_typed_values() throws IOException {
    Inventory inventory = read("hosts.ini", INI);
    assertEquals(List.of("npu01", "npu02", "npu03", "h4"), inventory.hostsOf("npu"));
    assertEquals(ImmutableList.of("all_accelerators", "npu"), inventory.groupsOf("npu01"));
    assertEquals(8L, inventory.variables("npu01").get("cards"));
    assertEquals("two words", inventory.variables("npu01").get("note"));
    assertEquals(true, inventory.variables("npu01").get("ready"));
    assertEquals(2222L, inventory.variables("h4").get("ansible_port"));
  }

  @Test
  void what_is_nearer_to_a_host_wins() throws IOException {
    Files.createDirectories(folder.resolve("group_vars"));
    Files.createDirectories(folder.resolve("host_vars"));
    Files.writeString(folder.resolve("group_vars/all.yml"), "who: all\nonly: all\n");
    Files.writeString(folder.resolve("group_vars/npu.yml"), "who: npu\n");
    Files.writeString(folder.resolve("host_vars/npu02.yml"), "who: npu02\n");
    Inventory inventory = read("hosts.ini", INI);
    assertEquals("npu", inventory.variables("npu01").get("who"));
    assertEquals("npu02", inventory.variables("npu02").get("who"));
    assertEquals("all", inventory.variables("g1").get("who"));
    assertEquals("all", inventory.variables("npu02").get("only"));
  }

  @Test
  void a_yaml_inventory_reads_the_same() throws IOException {
    Inventory inventory =
        read(
            "hosts.yml",
            "all:\n  children:\n    npu:\n      hosts:\n        n[1:2]: {cards: 8}\n      vars: {soc: 910b}\n");
    assertEquals(List.of("n1", "n2"), inventory.hostsOf("npu"));
    assertEquals(8L, inventory.variables("n2").get("cards"));
    assertEquals("910b", inventory.variables("n2").get("soc"));
  }

  @Test
  void patterns_choose_as_ansible_users_expect() throws IOException {
    Inventory inventory = read("hosts.ini", INI);
    assertEquals(List.of("npu01", "npu02", "npu03"), names("npu0*", inventory));
    assertEquals(
        List.of("npu02", "npu03", "h4", "g1"), names("all_accelerators:!npu01", inventory));
    assertEquals(List.of("npu01"), names("npu[0]", inventory));
    assertEquals(List.of("npu02", "npu03"), names("npu[1:2]", inventory));
    assertEquals(List.of("npu03"), names("~npu.*3$", inventory));
    assertEquals(List.of("localhost"), names("localhost", inventory));
  }

  @Test
  void an_unknown_host_is_an_error_with_the_nearest_name() throws IOException {
    Inventory inventory = read("hosts.ini", INI);
    ProblemsException e =
        assertThrows(ProblemsException.class, () -> names("npu04:npx", inventory));
    assertEquals(
        """
        site.yml: there is no host or group 'npu04' in the inventory; did you mean 'npu01'?
        site.yml: there is no host or group 'npx' in the inventory; did you mean 'npu'?""",
        e.getMessage());
  }

  @Test
  void a_host_whose_name_could_be_taken_for_an_option_is_refused() {
    assertThrows(ProblemsException.class, () -> read("evil.ini", "-oProxyCommand=touch\n"));
  }

  @Test
  void a_group_inside_of_itself_is_refused() {
    assertThrows(
        ProblemsException.class, () -> read("circle.ini", "[a:children]\nb\n[b:children]\na\n"));
  }
}
