// The pages that the links in e-mails open. A page has a section for each state: "start", the data-done of its forms, and
// the problem types that have a section of their own. The token leaves the address bar, and is only sent after a click.
const token = new URLSearchParams(location.hash.slice(1)).get("token");
history.replaceState(null, "", location.pathname);

const element = (id) => document.getElementById(id);

function show(state) {
  for (const section of document.querySelectorAll("section")) {
    section.hidden = section.id !== state;
  }
  element(state).focus();
}

function post(path, body, headers) {
  return fetch(path, { method: "POST", headers, body });
}

const json = { "Content-Type": "application/json" };

/** Sends the fields of a form, with the token of the link if it is the form for it. */
function send(form, fields) {
  const isStart = form.closest("section").id === "start";
  return post(form.action, JSON.stringify(isStart ? { token, ...fields } : fields), json);
}

/** Logs in, sends the form, and logs out. */
async function sendLoggedIn(form, fields) {
  const login = await post("../token", new URLSearchParams({ grant_type: "password", ...fields }));
  if (!login.ok) {
    return login;
  }
  const tokens = await login.json();
  try {
    return await post(form.action, null, { Authorization: `Bearer ${tokens.access_token}` });
  } finally {
    await post("../token/revoke", new URLSearchParams({ token: tokens.refresh_token }));
  }
}

async function submit(form) {
  const fields = Object.fromEntries(new FormData(form));
  const response = await ("logIn" in form.dataset ? sendLoggedIn : send)(form, fields);
  if (response.ok) {
    show(form.dataset.done);
    return;
  }
  const problem = await response.json();
  const section = element(String(problem.type).split("/").pop());
  if (section) {
    show(section.id);
  } else {
    element("reason").textContent =
      problem.errors?.[0]?.detail ?? problem.error_description ?? problem.detail;
    element("failed").hidden = false;
  }
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  element("failed").hidden = true;
  element("unreachable").hidden = true;
  button.disabled = true;
  try {
    await submit(event.target);
  } catch {
    element("unreachable").hidden = false;
  } finally {
    button.disabled = false;
    if (!button.closest("section").hidden) {
      button.focus(); // A disabled button has lost it.
    }
  }
});

element("noscript").hidden = true;
show(token ? "start" : "incomplete");
