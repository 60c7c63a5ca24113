// The service can be behind a proxy that adds a prefix to its paths.
const base = new URL(".", document.baseURI).href;
const response = await fetch(base + "openapi.json");
const spec = await response.json();
spec.servers = [{ url: base.replace(/\/$/, "") }];
const oauth = spec.components.securitySchemes.oauth2.flows.password;
oauth.tokenUrl = base + "token";
oauth.refreshUrl = base + "token";

// Groups and operations stand in the order in which a newcomer needs them.
const first = "sign up and log in";
spec.paths["/users/"].post.tags = [first];
spec.paths["/token"].post.tags = [first];
spec.paths["/token/revoke"].post.tags = [first];
const groups = [first, "items", "users", "sessions", "passwords", "tokens", "problems"];
const description = "Create a user, log in, and log out. Or choose “Authorize” above.";
spec.tags = [{ name: first, description }, ...spec.tags].sort(
  (one, other) => groups.indexOf(one.name) - groups.indexOf(other.name),
);

const kinds = ["list", "create", "read", "change", "replace", "delete"];

function kindOf(operation) {
  const isOne = operation.get("path").endsWith("}");
  const kind = {
    get: isOne ? "read" : "list",
    post: "create",
    patch: "change",
    put: "replace",
    delete: "delete",
  }[operation.get("method")];
  return kinds.indexOf(kind);
}

/** Shorter paths come first, but signing up comes before logging in. */
function orderOf(path) {
  return path === "/users/" ? 0 : path.length;
}

SwaggerUIBundle({
  spec,
  dom_id: "#swagger-ui",
  deepLinking: true,
  operationsSorter: (one, other) =>
    kindOf(one) - kindOf(other) || orderOf(one.get("path")) - orderOf(other.get("path")),
});
