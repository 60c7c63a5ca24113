// The objects of CloudNativePG in k8s. The compiler has refused fields that its API does not know.
import { test } from "node:test";
import { Cluster, Pooler } from "@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1";
import { objects } from "./cloudnative-pg.js";

for (const object of objects) {
  test(`the ${object.kind} is one that the API accepts`, () => {
    (object.kind === "Cluster" ? new Cluster(object) : new Pooler(object)).validate();
  });
}
