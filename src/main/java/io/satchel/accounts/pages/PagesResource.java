package io.satchel.accounts.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.Engine;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Serves the pages for the links in e-mails. The token is in the fragment of the link, so that a
 * page cannot know it. A script sends it to the API after a click, because mail programs open links
 * in advance.
 */
@RunOnVirtualThread
@Path("/account")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class PagesResource {

  private static final String TEXTS = "/pages/texts.properties";

  private final Engine templates;
  private final Properties texts = new Properties();

  @Inject
  PagesResource(Engine templates) {
    this.templates = templates;
    try (Reader reader =
        new InputStreamReader(PagesResource.class.getResourceAsStream(TEXTS), UTF_8)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GET
  @Path("verify-email")
  @PermitAll
  @Operation(hidden = true)
  public String verifyEmail() {
    return render("verify-email");
  }

  @GET
  @Path("reset-password")
  @PermitAll
  @Operation(hidden = true)
  public String resetPassword() {
    return render("reset-password");
  }

  @GET
  @Path("undo-email-change")
  @PermitAll
  @Operation(hidden = true)
  public String undoEmailChange() {
    return render("undo-email-change");
  }

  private String render(String page) {
    return templates.getTemplate("pages/" + page + ".html").data("t", texts).render();
  }
}
