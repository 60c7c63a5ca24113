package io.satchel.emails;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where people reach the service. Requests do not tell it, because clients can forge them. */
@ConfigMapping(prefix = "satchel")
public interface PublicUrl {

  /** The URL of the service, without a slash at the end. Links in e-mails open its pages. */
  Optional<URI> publicUrl();
}
