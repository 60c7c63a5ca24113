// Opens the pages of the links in e-mails in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** For faults, in milliseconds. A slow machine does not reach it. */
const LIMIT = 300_000;

const {
  SATCHEL_URL: url,
  CHROMIUM: executablePath,
  VERIFICATION_TOKEN: verificationToken,
  RECOVERY_TOKEN: recoveryToken,
  UNVERIFIED: unverified,
  EMAIL: email,
  PASSWORD: password,
} = process.env;
assert.ok(url && executablePath && verificationToken && recoveryToken);
assert.ok(unverified && email && password);

let browser: Browser;
const errors: string[] = [];

before(async () => {
  browser = await chromium.launch({
    timeout: LIMIT,
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
});

after(async () => {
  await browser.close();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(LIMIT);
  page.on("console", (message) => {
    // The browser logs each 400 and 422.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      errors.push(message.text());
    }
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url + path);
  return page;
}

test("an address is verified with the keyboard, and the link works once", async () => {
  const link = `/account/verify-email#token=${verificationToken}`;
  const page = await open(link);
  assert.equal(page.url(), `${url}/account/verify-email`);
  await page.getByText("Confirm that the address").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Your e-mail address is verified").waitFor();

  const again = await open(link);
  await again.getByRole("button", { name: "Verify my address" }).click();
  await again.getByText("This link was used before").waitFor();
  await again.getByLabel("E-mail address or username").fill(unverified);
  await again.getByLabel("Password").fill("not the password");
  await again.getByRole("button", { name: "Send another e-mail" }).click();
  await again.getByRole("alert").filter({ hasText: "could not do this" }).waitFor();
  await again.getByLabel("Password").fill(password);
  await again.getByRole("button", { name: "Send another e-mail" }).click();
  await again.getByText("another e-mail is on its way").waitFor();
});

test("a password is reset, and its user logs in at /docs", async () => {
  const page = await open(`/account/reset-password#token=${recoveryToken}`);
  await page.getByLabel("New password").fill("password1");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByRole("alert").filter({ hasText: "could not do this" }).waitFor();
  await page.getByLabel("New password").fill("katanas and unicorns");
  await page.getByLabel("New password").press("Enter");
  await page.getByText("Your password is changed").waitFor();

  const docs = await open("/docs");
  const groups = docs.locator(".opblock-tag");
  await groups.first().waitFor();
  assert.match(await groups.first().innerText(), /^sign up and log in/);
  await docs.getByRole("button", { name: "Authorize", exact: true }).first().click();
  const dialog = docs.locator(".modal-ux");
  await dialog.getByLabel("username:").fill(email);
  await dialog.getByLabel("password:").fill("katanas and unicorns");
  await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
  await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
});

test("an expired link says how to get another one", async () => {
  const page = await open("/account/reset-password#token=expired");
  await page.getByLabel("New password").fill("katanas and unicorns");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send another e-mail" }).click();
  await page.getByText("an e-mail is on its way").waitFor();

  const undo = await open("/account/undo-email-change#token=expired");
  await undo.getByRole("button", { name: "Take my account back" }).click();
  await undo.getByText("contact the operator").waitFor();

  const incomplete = await open("/account/undo-email-change");
  await incomplete.getByText("This link is incomplete").waitFor();
});

test("a page works narrow, dark, and says that it needs a script", async () => {
  const page = await open("/account/reset-password#token=x", {
    viewport: { width: 320, height: 640 },
    colorScheme: "dark",
  });
  await page.getByLabel("New password").waitFor();
  assert.ok(await page.evaluate("document.documentElement.scrollWidth <= 320"));
  assert.notEqual(
    await page.evaluate("getComputedStyle(document.body).backgroundColor"),
    "rgb(255, 255, 255)",
  );
  const plain = await open("/account/verify-email#token=x", { javaScriptEnabled: false });
  await plain.getByText("This page needs JavaScript").waitFor();
  assert.equal(await plain.getByRole("button").count(), 0);
});

test("no page breaks its Content-Security-Policy", () => {
  assert.deepEqual(errors, []);
});
