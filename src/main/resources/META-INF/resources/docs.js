// The service can be behind a proxy that adds a prefix to its paths.
const base = new URL(".", document.baseURI).href;
const response = await fetch(base + "openapi.json");
const spec = await response.json();
const oauth = spec.components.securitySchemes.oauth2.flows.password;
oauth.tokenUrl = base + "token";
oauth.refreshUrl = base + "token";
spec.servers = [{ url: base.replace(/\/$/, "") }];
SwaggerUIBundle({ spec, dom_id: "#swagger-ui", deepLinking: true });
