// The start page: studies, the runs of the chosen one, live. Text reaches the page as text alone, never as markup.
const api = "/api/v1";
const refreshMillis = 1000;
const reconnectMillis = 3000;
const tokenKey = "token";
const at = (id) => document.getElementById(id);

let chosen = null;
let stream = null;
let refreshing = null;

function element(tag, text, css) {
  const made = document.createElement(tag);
  made.textContent = text ?? "";
  if (css) {
    made.className = css;
  }
  return made;
}

/** Shows what went wrong, with every problem that the gateway names. */
function show(error) {
  const box = at("error");
  box.replaceChildren(element("strong", error.message));
  if (error.problems?.length) {
    const list = element("ul");
    error.problems.forEach((p) => list.append(element("li", `${p.field || "request"}: ${p.remedy}`)));
    box.append(list);
  }
  box.hidden = false;
}

/** Runs an action; what goes wrong is shown, and what went wrong before is gone once something works. */
async function trying(action) {
  try {
    await action();
    at("error").hidden = true;
  } catch (error) {
    show(error);
  }
}

/** The token that a person gave; this tab keeps it until it is closed. */
function authorization() {
  const token = sessionStorage.getItem(tokenKey);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function ask(path, options = {}) {
  let answer;
  try {
    const headers = { Accept: "application/json", ...options.headers, ...authorization() };
    answer = await fetch(api + path, { ...options, headers });
  } catch (unreachable) {
    throw new Error("The gateway does not answer. Is it running?", { cause: unreachable });
  }
  if (answer.ok) {
    return answer;
  }
  if (answer.status === 401) {
    at("access").hidden = false;
  }
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail || problem.title || `The gateway answered ${answer.status}.`),
    { problems: problem.problems });
}

async function all(path) {
  const items = [];
  let next = null;
  do {
    const page = await (await ask(next ? `${path}?after=${encodeURIComponent(next)}` : path)).json();
    items.push(...page.items);
    next = page.next;
  } while (next);
  return items;
}

const percent = (share, decimals) => share == null ? "—" : `${(100 * share).toFixed(decimals)} %`;

function remaining(seconds) {
  if (seconds == null) {
    return "";
  }
  return seconds < 90 ? `, about ${Math.round(seconds)} s left` : `, about ${Math.round(seconds / 60)} min left`;
}

function counts(numbers) {
  return Object.entries(numbers).filter(([, n]) => n > 0).map(([word, n]) => `${n} ${word}`).join(", ");
}

async function listStudies() {
  const studies = await all("/studies");
  at("none").hidden = studies.length > 0;
  at("studies").replaceChildren(...studies.map((study) => {
    const link = element("a");
    link.href = `#${study.studyId}`;
    if (study.studyId === chosen) {
      link.setAttribute("aria-current", "true");
    }
    link.append(element("strong", study.name || "unnamed"), element("span", study.studyId, "id"),
      element("span", study.state, study.state), element("span", percent(study.progress, 0)));
    const item = element("li");
    item.append(link);
    return item;
  }));
  return studies;
}

function did(run) {
  if (run.perturbation) {
    const value = run.perturbation.value == null ? "" : ` ${run.perturbation.value}`;
    return run.perturbation.kind + value;
  }
  return run.role ?? "—";
}

function row(run) {
  const line = element("tr");
  const name = element("th", run.runId, "id");
  name.scope = "row";
  const cell = [run.network, run.dataset, run.initialization, run.optimizer, `seed ${run.seed}`].join(" · ");
  const state = element("td", run.state, run.state);
  if (run.reason) {
    state.append(element("div", run.reason, "soft"));
  }
  for (const damage of run.damaged ?? []) {
    const where = damage.step == null ? "trajectory" : `step ${damage.step}`;
    const found = damage.findings.map((finding) => finding.code).join(", ");
    state.className = "failed"; // never shown as a good one
    state.append(element("div", `damaged: ${where}, ${found}`, "failed"));
  }
  line.append(name, element("td", did(run)), element("td", cell), state,
    element("td", `${run.epoch ?? 0} / ${run.epochs ?? "—"}`, "number"),
    element("td", run.test?.loss == null ? "—" : run.test.loss.toFixed(4), "number"),
    element("td", percent(run.test?.accuracy, 2), "number"));
  return line;
}

async function showStudy(id) {
  const study = await (await ask(`/studies/${id}`)).json();
  const runs = await all(`/studies/${id}/runs`);
  if (id !== chosen) {
    return;
  }
  at("study").hidden = false;
  at("study-heading").textContent = study.name || study.studyId;
  at("standing").textContent = `${study.state}${study.state === "running" ? remaining(study.etaSeconds) : ""}. `
    + `Runs: ${counts(study.runs)}. Analyses: ${counts(study.analyses)}.`;
  at("progress").value = study.progress ?? 0;
  at("report").href = `${api}/studies/${id}/report`;
  at("runs").replaceChildren(...runs.map(row));
}

/** Events come in bursts; one look a second is enough. */
function refreshSoon() {
  refreshing ??= setTimeout(() => {
    refreshing = null;
    if (chosen) {
      trying(async () => {
        await showStudy(chosen);
        await listStudies();
      });
    }
  }, refreshMillis);
}

async function lines(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + part.value).split("\n");
    rest = whole.pop();
    whole.forEach(take);
  }
}

/** Follows a study's events and goes on where they broke off. An EventSource could not send the token. */
async function follow(id) {
  stream?.abort();
  const { signal } = stream = new AbortController();
  let last = "";
  while (!signal.aborted) {
    try {
      const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
      const answer = await ask(`/studies/${id}/events`, { headers, signal });
      refreshSoon(); // after a pause in the connection there may be news
      await lines(answer.body, (line) => {
        if (line.startsWith("id:")) {
          last = line.slice(3).trim();
          refreshSoon();
        }
      });
    } catch (broken) {
      if (!signal.aborted) {
        show(broken);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, reconnectMillis));
  }
}

async function choose(id) {
  if (!/^s[0-9a-f]{20}$/.test(id)) {
    return;
  }
  chosen = id;
  await listStudies();
  await showStudy(id);
  follow(id);
}

async function download(type, ending) {
  const answer = await ask(`/studies/${chosen}/report`, { headers: { Accept: type } });
  const url = URL.createObjectURL(await answer.blob());
  const link = element("a");
  link.href = url;
  link.download = `${chosen}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), refreshMillis);
}

/** A link cannot send the token: the page is fetched and saved instead. */
function openReport(event) {
  if (sessionStorage.getItem(tokenKey)) {
    event.preventDefault();
    trying(() => download("text/html", "html"));
  }
}

/** Shows the studies there are, and one of them. */
async function begin() {
  const studies = await listStudies();
  at("access").hidden = true;
  await choose(location.hash.slice(1) || studies[0]?.studyId || "");
}

function useToken(event) {
  event.preventDefault();
  sessionStorage.setItem(tokenKey, at("token").value.trim());
  at("token").value = "";
  trying(begin);
}

async function start() {
  at("start").disabled = true;
  try {
    const answer = await ask("/studies", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ preset: "quick" }),
    });
    location.hash = (await answer.json()).studyId;
  } finally {
    at("start").disabled = false;
  }
}

at("start").addEventListener("click", () => trying(start));
at("json").addEventListener("click", () => trying(() => download("application/json", "json")));
at("csv").addEventListener("click", () => trying(() => download("text/csv", "csv")));
addEventListener("hashchange", () => trying(() => choose(location.hash.slice(1))));
at("access").addEventListener("submit", useToken);
at("report").addEventListener("click", openReport);
trying(begin);
