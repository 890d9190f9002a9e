package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import dev.belay.template.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One test for each format that programs of Ascend hosts print: {@code resources/recorded}. */
final class RecordedFormatsTest {
  private static final Path RECORDED = Path.of("src/test/resources/recorded");

  private static List<String> lines(String file) throws IOException {
    return Output.lines(Files.readString(RECORDED.resolve(file)));
  }

  private static ImmutableList<Object> chips(String file) throws IOException {
    return NpuTable.chips(lines("npu-smi/" + file));
  }

  private static Object of(Object chip, String key) {
    return ((Map<?, ?>) chip).get(key);
  }

  @Test
  void a_table_of_a2_ends_before_its_processes() throws IOException {
    assertEquals(
        """
        {"npu": 0, "name": "910B4", "health": "OK", "healthy": true, "power_w": 82.6, "temperature_c": 32.0, "chip": 0, "bus_id": "0000:C1:00.0", "aicore_percent": 0.0, "memory_used_mb": 0, "memory_total_mb": 0, "hbm_used_mb": 2871, "hbm_total_mb": 32768}
        {"npu": 1, "name": "910B4", "health": "Warning", "healthy": false, "power_w": 90.1, "temperature_c": 71.0, "chip": 0, "bus_id": "0000:01:00.0", "aicore_percent": 12.0, "memory_used_mb": 0, "memory_total_mb": 0, "hbm_used_mb": 59356, "hbm_total_mb": 65536}
        """,
        written(chips("info-a2.txt")));
    assertEquals(Optional.of("24.1.rc2"), NpuTable.version(lines("npu-smi/info-a2.txt")));
  }

  private static String written(ImmutableList<Object> chips) {
    return chips.stream().map(chip -> Json.write(chip) + "\n").reduce("", String::concat);
  }

  @Test
  void a_second_die_of_a3_has_no_power_of_its_own() throws IOException {
    ImmutableList<Object> chips = chips("info-a3.txt");
    assertEquals(2, chips.size());
    assertEquals("Ascend910", of(chips.get(1), "name"));
    assertEquals(1L, of(chips.get(1), "phy_id"));
    assertEquals("0000:9F:00.0", of(chips.get(1), "bus_id"));
    assertFalse(((Map<?, ?>) chips.get(1)).containsKey("power_w"));
  }

  @Test
  void a_310p_duo_has_gaps_in_its_numbers_and_no_hbm() throws IOException {
    ImmutableList<Object> chips = chips("info-310p-duo.txt");
    assertEquals(List.of(1L, 1L, 4L), chips.stream().map(chip -> of(chip, "npu")).toList());
    assertEquals(43693L, of(chips.get(1), "memory_total_mb"));
    assertEquals(1L, of(chips.get(1), "device"));
    assertFalse(((Map<?, ?>) chips.get(1)).containsKey("hbm_total_mb"));
  }

  @Test
  void unknown_health_is_neither_well_nor_ill() throws IOException {
    Object unknown = chips("info-310p-duo.txt").get(2);
    assertEquals("UNKNOWN", of(unknown, "health"));
    assertFalse(((Map<?, ?>) unknown).containsKey("healthy"));
  }

  @Test
  void a_table_of_950_names_processes_by_npu_alone() throws IOException {
    ImmutableList<Object> chips = chips("info-950.txt");
    assertEquals(1, chips.size());
    assertEquals(3L, of(chips.get(0), "npu"));
    assertEquals(false, of(chips.get(0), "healthy"));
    assertEquals(131072L, of(chips.get(0), "hbm_total_mb"));
  }

  @Test
  void words_of_a_failure_are_no_chips() throws IOException {
    assertEquals(ImmutableList.of(), chips("failed.txt"));
  }

  @Test
  void a_list_has_a_block_for_each_npu() throws IOException {
    ImmutableList<Object> list = NpuTexts.list(lines("npu-smi/list-a2.txt"));
    assertEquals(2, list.size());
    assertEquals("1", of(list.get(1), "npu_id"));
    assertEquals("1", of(list.get(1), "chip_count"));
  }

  @Test
  void a_map_of_a2_has_logic_ids_and_those_of_the_mcu_are_none() throws IOException {
    ImmutableList<Object> map = NpuTexts.map(lines("npu-smi/map-a2.txt"));
    assertEquals(4, map.size());
    assertEquals("Ascend 910B4", of(map.get(0), "chip_name"));
    assertEquals("-", of(map.get(1), "chip_logic_id"));
  }

  @Test
  void a_map_of_950_has_no_logic_ids() throws IOException {
    assertEquals(
        ImmutableList.of(ImmutableMap.of("npu_id", "3", "chip_id", "0", "chip_name", "Ascend950")),
        NpuTexts.map(lines("npu-smi/map-950.txt")));
  }

  @ParameterizedTest
  @CsvSource({
    "board-a2.txt,ascend910b4",
    "board-a3.txt,ascend910_9392",
    "board-950.txt,ascend950_9582",
    "board-310p.txt,ascend310p3"
  })
  void a_board_names_the_processor(String file, String soc) throws IOException {
    Map<String, String> board = NpuTexts.pairs(lines("npu-smi/" + file));
    assertEquals(Optional.of(soc), NpuTexts.soc(board));
    assertFalse(Soc.of(soc) == Soc.UNKNOWN);
  }

  @Test
  void a_topology_ends_with_the_cpus_that_are_near() throws IOException {
    assertEquals(
        ImmutableMap.of("NPU0", "144-167", "NPU1", "0-23,96-119"),
        NpuTexts.affinity(lines("npu-smi/topo-a2.txt")));
    assertEquals(ImmutableMap.of(), NpuTexts.affinity(lines("npu-smi/topo-unsupported.txt")));
  }

  @ParameterizedTest
  @CsvSource({
    "link.txt,link_status,UP",
    "net_health.txt,net_health_status,Success",
    "ip.txt,ipaddr,192.0.2.10",
    "netdetect.txt,netdetect_address,192.0.2.1",
    "lldp.txt,ifname,400GE1/0/1"
  })
  void hccn_tool_says_pairs(String file, String key, String value) throws IOException {
    assertEquals(value, NpuTexts.pairs(lines("hccn_tool/" + file)).get(key));
  }

  private static String said(String key, String file) throws IOException {
    return lines(file).stream().map(line -> key + "\t" + line + "\n").reduce("", String::concat);
  }

  @Test
  void a_network_has_pairs_or_the_words_of_a_refusal_for_each_npu() throws IOException {
    String text =
        "hccn\tfound\n"
            + said("conf", "files/hccn.conf")
            + said("hccn 0 link", "hccn_tool/link.txt")
            + "status\thccn 0 link 0\n"
            + said("hccn 0 ip", "hccn_tool/ip-none.txt")
            + "status\thccn 0 ip 1\n"
            + "status\thccn 1 link 124\n";
    ImmutableMap<String, Object> facts = HccnFacts.of(FactLines.of(Output.lines(text)));
    assertEquals("hung", facts.get("hccn_tool"));
    assertEquals("192.0.2.11", of(facts.get("conf"), "address_1"));
    Object npu = of(facts.get("npus"), "0");
    assertEquals(ImmutableMap.of("link_status", "UP"), of(npu, "link"));
    assertEquals(
        ImmutableMap.of("error", "Get ipconf failed, because no ip was preset there! (1)"),
        of(npu, "ip"));
  }

  @Test
  void without_the_program_there_is_no_network_to_tell_of() {
    assertEquals(
        ImmutableMap.of(
            "hccn_tool", "absent", "npus", ImmutableMap.of(), "conf", ImmutableMap.of()),
        HccnFacts.of(FactLines.of(List.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "'[7.0.0,7.7.99]',7.7.0.1.231,true",
    "'[7.0.0,7.7.99]',7.8.0,false",
    "'[6.0.0,6.9.9],[7.0.0,7.7.99]',7.0.0,true",
    "'[7.0.0,7.7.99]',6.9.9,false"
  })
  void a_firmware_is_in_the_range_of_the_driver_or_not(String range, String version, boolean fits) {
    assertEquals(Optional.of(fits), VersionRange.fits(range, version));
  }

  @Test
  void a_version_that_cannot_be_compared_is_not_judged() {
    assertEquals(Optional.empty(), VersionRange.fits("[7.0.0,7.7.99]", "7.7.rc1"));
    assertEquals(Optional.empty(), VersionRange.fits("", "7.7.0"));
  }
}
