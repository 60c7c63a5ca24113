// Opens Swagger UI at /docs in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";

/** For faults, in milliseconds. A slow machine does not reach it. */
const LIMIT = 300_000;

const { SATCHEL_URL: url, CHROMIUM: browser, EMAIL: email, PASSWORD: password } = process.env;
assert.ok(url && browser && email && password);

test("authorize with a user, call an operation, and see the response", async () => {
  const chromiumBrowser = await chromium.launch({
    timeout: LIMIT,
    executablePath: browser,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    const page = await chromiumBrowser.newPage();
    page.setDefaultTimeout(LIMIT);
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") {
        errors.push(message.text());
      }
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${url}/docs`);

    await page.getByRole("button", { name: "Authorize", exact: true }).first().click();
    const dialog = page.locator(".modal-ux");
    await dialog.getByLabel("username:").fill(email);
    await dialog.getByLabel("password:").fill(password);
    await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
    await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();

    const operation = page.locator("#operations-users-getMe");
    await operation.locator(".opblock-summary-control").click();
    await operation.getByRole("button", { name: "Try it out" }).click();
    await operation.getByRole("button", { name: "Execute" }).click();
    const response = operation.locator(".live-responses-table .response");
    await response.waitFor();
    assert.equal(await response.locator(".response-col_status").innerText(), "200");
    assert.match(await response.innerText(), new RegExp(email.replaceAll(".", "\\.")));
    assert.deepEqual(errors, []);
  } finally {
    await chromiumBrowser.close();
  }
});
