package io.satchel.accounts.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.satchel.Api;
import io.satchel.ExternalPrograms;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.accounts.AccountRequests;
import io.satchel.clients.NodeProject;
import io.satchel.emails.EmailType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages that the links in e-mails open, and in Chromium, if it is installed. */
class AccountPagesIT {

  private static final String VERIFICATION = EmailType.EMAIL_VERIFICATION.subject;
  private static final String RECOVERY = EmailType.PASSWORD_RECOVERY.subject;

  private MailServer mails;

  @BeforeEach
  void start() {
    mails = new MailServer();
  }

  @AfterEach
  void stop() {
    mails.close();
  }

  @Test
  void links_open_the_pages_of_the_service_unless_the_operator_has_others() throws Exception {
    try (PackagedService service =
        PackagedService.startWithDatabase(
            mails.options(
                "-Dsatchel.accounts.link-base-url=",
                "-Dsatchel.public-url=https://satchel.example.com"))) {
      String email = Api.newEmail();
      new AccountRequests(service).signUp(email);
      assertThat(
          mails.await(email, VERIFICATION).text(),
          containsString("https://satchel.example.com/account/verify-email#token="));
    }
  }

  @Test
  void a_person_uses_them_in_a_browser() throws Exception {
    ExternalPrograms.require("node", "npm", "chromium");
    try (PackagedService service = PackagedService.startWithDatabase(mails.options())) {
      AccountRequests accounts = new AccountRequests(service);
      String email = Api.newEmail();
      accounts.signUp(email);
      String verification = mails.await(email, VERIFICATION).token("/verify-email");
      String unverified = Api.newEmail();
      accounts.signUp(unverified);
      String forgetful = Api.newEmail();
      accounts.signUp(forgetful);
      accounts.recover(forgetful);
      NodeProject.test(
          "pages",
          Map.of(
              "SATCHEL_URL",
              service.root().toString().replaceFirst("/$", ""),
              "CHROMIUM",
              ExternalPrograms.find("chromium").orElseThrow().toString(),
              "VERIFICATION_TOKEN",
              verification,
              "UNVERIFIED",
              unverified,
              "RECOVERY_TOKEN",
              mails.await(forgetful, RECOVERY).token("/reset-password"),
              "EMAIL",
              forgetful,
              "PASSWORD",
              Api.PASSWORD));
    }
  }
}
