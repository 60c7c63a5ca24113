package io.satchel.platform.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(CONCURRENT)
class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      new TrustedProxies(Optional.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48", "::1")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          192.0.2.1 | none                          | 192.0.2.1
          192.0.2.1 | 198.51.100.7                  | 192.0.2.1
          127.0.0.1 | 198.51.100.7                  | 198.51.100.7
          127.0.0.1 | none                          | 127.0.0.1
          127.0.0.1 | ''                            | 127.0.0.1
          127.0.0.1 | rubbish                       | 127.0.0.1
          127.0.0.1 | 6.6.6.6, 198.51.100.7         | 198.51.100.7
          127.0.0.1 | 6.6.6.6, 198.51.100.7, 10.1.1.1 | 198.51.100.7
          127.0.0.1 | 6.6.6.6,rubbish,10.1.1.1      | 10.1.1.1
          127.0.0.1 | 198.51.100.7:4711             | 198.51.100.7
          127.0.0.1 | [2001:db8:2::7]:4711          | 2001:db8:2:0:0:0:0:7
          127.0.0.1 | [2001:db8:2::7]               | 2001:db8:2:0:0:0:0:7
          127.0.0.1 | 2001:db8:2::7, 2001:db8:1::1  | 2001:db8:2:0:0:0:0:7
          ::1       | ::ffff:198.51.100.7           | 198.51.100.7
          127.0.0.1 | example.com                   | 127.0.0.1
          """)
  void the_client_address_comes_from_the_last_trusted_proxy(
      String peer, String header, String client) throws Exception {
    List<String> headers = header == null ? List.of() : List.of(header);
    assertEquals(
        InetAddress.getByName(client), PROXIES.clientOf(InetAddress.getByName(peer), headers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example.com", "localhost", "10.0.0.0/33", "10.0.0", ""})
  void an_invalid_proxy_address_is_rejected(String rubbish) {
    assertThrows(
        ConfigurationException.class, () -> new TrustedProxies(Optional.of(List.of(rubbish))));
  }
}
