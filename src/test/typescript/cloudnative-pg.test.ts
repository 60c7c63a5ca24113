// Validates the values of the CloudNativePG objects in k8s. The compiler has rejected unknown fields.
import { test } from "node:test";
import { Cluster, Pooler } from "@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1";
import { objects } from "./cloudnative-pg.js";

for (const object of objects) {
  test(`the ${object.kind} is valid in the API`, () => {
    (object.kind === "Cluster" ? new Cluster(object) : new Pooler(object)).validate();
  });
}
