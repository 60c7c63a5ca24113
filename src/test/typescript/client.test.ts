// Tests a client that is generated from the description against the running service.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Item = components["schemas"]["Item"];
type Problem = components["schemas"]["Problem"];

const url = process.env["SATCHEL_URL"];
assert.ok(url, "SATCHEL_URL must be the URL of the service");

const client = createClient<paths>({ baseUrl: url });

let token = "";
const authentication: Middleware = {
  onRequest({ request }) {
    if (token !== "") {
      request.headers.set("Authorization", `Bearer ${token}`);
    }
    return request;
  },
};
client.use(authentication);

const email = `${randomUUID()}@example.com`;
const password = "chimichangas4life";

test("sign up, and log in", async () => {
  const signUp = await client.POST("/users/", { body: { email, password } });
  assert.equal(signUp.response.status, 201);
  assert.equal(signUp.data?.email, email);

  const tokens = await client.POST("/token", {
    body: { grant_type: "password", username: email, password },
    bodySerializer: (form) => new URLSearchParams(form),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  token = tokens.data?.access_token ?? "";
  assert.notEqual(token, "");

  const me = await client.GET("/users/me");
  assert.equal(me.data?.id, signUp.data?.id);
});

test("page through 1,000 items", async () => {
  const titles = Array.from({ length: 1000 }, (_, index) => ({ title: `item ${index}` }));
  const created = await client.POST("/items/batch", { body: titles });
  assert.equal(created.data?.length, 1000);
  const owner = created.data?.[0]?.owner_id;
  assert.ok(owner !== undefined);

  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await client.GET("/items/", {
      params: { query: { owner_id: owner, limit: 150, ...(after && { after }) } },
    });
    items.push(...(page.data ?? []));
    const next = page.response.headers.get("Link")?.match(/<([^>]+)>; rel="next"/)?.[1];
    after = next && (new URL(next).searchParams.get("after") ?? undefined);
  } while (after);
  assert.equal(items.length, 1000);
  assert.equal(new Set(items.map((item) => item.id)).size, 1000);
});

test("retry a request", async () => {
  const request = {
    params: { header: { "Idempotency-Key": randomUUID() } },
    body: { title: "Katana" },
  };
  const first = await client.POST("/items/", request);
  const again = await client.POST("/items/", request);
  assert.deepEqual(again.data, first.data);
  assert.equal(again.response.headers.get("Idempotent-Replayed"), "true");
});

test("change only what was read", async () => {
  const created = await client.POST("/items/", { body: { title: "Katana", description: "One of a pair" } });
  const path = { item_id: created.data?.id ?? 0 };

  const read = await client.GET("/items/{item_id}", { params: { path } });
  const tag = read.response.headers.get("ETag") ?? "";
  const change = await client.PATCH("/items/{item_id}", {
    params: { path, header: { "If-Match": tag } },
    body: { description: null }, // cleared; the title is absent and stays unchanged
  });
  assert.equal(change.data?.title, "Katana");
  assert.equal(change.data?.description, null);

  const late = await client.PATCH("/items/{item_id}", {
    params: { path, header: { "If-Match": tag } },
    body: { title: "Unicorn" },
  });
  assert.equal(late.response.status, 412);
  assert.equal(late.error?.type, "/problems/precondition-failed");

  const merged = await client.PATCH("/items/{item_id}", {
    params: { path },
    body: { date: "2026-12-31" },
    headers: { "Content-Type": "application/merge-patch+json" },
  });
  assert.equal(merged.data?.date, "2026-12-31");
});

test("distinguish problems", async () => {
  const { error } = await client.POST("/items/", { body: { title: "" } });
  const problem: Problem | undefined = error;
  switch (problem?.type) {
    case "/problems/invalid-input":
      for (const error of problem.errors ?? []) {
        assert.equal(`${error.pointer} ${error.detail}`, "/title must not be blank");
      }
      break;
    default:
      assert.fail(`${problem?.title}: ${problem?.detail}`);
  }
});
