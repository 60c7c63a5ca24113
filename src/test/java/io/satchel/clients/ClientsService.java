package io.satchel.clients;

import io.satchel.PackagedService;

/** The service that the generated clients use. It ends with the JVM. */
final class ClientsService {

  private static PackagedService service;

  private ClientsService() {}

  static synchronized PackagedService get() {
    if (service == null) {
      service = PackagedService.startWithDatabase();
      Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    }
    return service;
  }
}
