// What the reader sees and does. Every text goes in as text, never as markup.

const WORDS = JSON.parse(document.getElementById("words").textContent);
const PIN_KEY = "carbon-passport-pin";
const LIST_KEY = "carbon-passport-trust-list";
const DAY_MS = 86400e3;
const part = (id) => document.getElementById(id);

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    refuse("no-memory");
  }
}

function pinned() {
  const pin = JSON.parse(remembered(PIN_KEY) ?? "null");
  return pin ?? refuse("no-pin");
}

async function trusted() {
  const pin = pinned();
  return openTrust(remembered(LIST_KEY) ?? refuse("no-list"), pin, Date.now());
}

// Takes a list in only when it is good, so that a bad one cannot push out the one in use.
async function takeList(text) {
  const opened = await openTrust(text, pinned(), Date.now());
  remember(LIST_KEY, text);
  remember(PIN_KEY, JSON.stringify(opened.pin));
}

function pinRoot(root) {
  rootKey(root);
  remember(PIN_KEY, JSON.stringify({ root, version: 0, digest: "" }));
}

let latest = 0;

// The verdict on the code scanned last, whatever finishes first; none is shown while one is being made.
async function check(text) {
  const [started, mine] = [performance.now(), (latest += 1)];
  show("checking");
  const tell = await judged(text);
  if (mine !== latest) return;
  tell();
  part("verdict").dataset.milliseconds = Math.round(performance.now() - started);
  part("verdict").focus();
}

async function judged(text) {
  try {
    const trust = await trusted();
    const said = await verifyCode(text, trust.keys, Date.now());
    return () => genuine(said, trust);
  } catch (error) {
    return () => refused(error);
  }
}

function show(state, reason = "") {
  const verdict = part("verdict");
  Object.assign(verdict.dataset, { state, reason });
  verdict.hidden = !["genuine", "refused"].includes(state);
  part("genuine").hidden = state !== "genuine";
  part("refused").hidden = state !== "refused";
  part("limits").hidden = state !== "genuine";
  part("facts").replaceChildren();
  part("unchecked").replaceChildren();
  part("why").textContent = "";
}

function refused(error) {
  const known = error instanceof Refusal ? error : new Refusal("failed");
  show("refused", known.reason);
  part("why").textContent = filled(WORDS[known.reason], known.details);
}

function genuine(said, trust) {
  show("genuine");
  const places = placesFor(said.gross);
  const one = said.amount === 1000000n && said.unit === "kg";
  const several = said.unit === "kg" ? WORDS.per_mass : WORDS.per_MJ;
  const per = one ? WORDS.per_kg : filled(several, { mass: plain(said.amount), energy: plain(said.amount) });
  fact(WORDS.footprint, `${written(said.gross, places)} ${WORDS.kg_co2e} ${per}`, "figure");
  fact("", filled(WORDS.range, { low: written(said.low, places), high: written(said.high, places) }));
  fact(WORDS.removals, filled(WORDS.removed, { amount: written(said.removals, places) }), "apart");
  fact(WORDS.product, `GTIN ${said.goods.gtin}`);
  fact(WORDS.lot, said.goods.lot + (said.goods.serial === null ? "" : ` / ${said.goods.serial}`));
  fact(WORDS.signed_by, said.issuer);
  fact(WORDS.valid_until, day(said.until));
  const days = Math.max(0, Math.floor((Date.now() - trust.from) / DAY_MS));
  note(filled(WORDS.unchecked_status, { from: day(said.from) }));
  note(filled(WORDS.unchecked_list, { version: trust.version, days }));
}

function fact(name, text, kind = "") {
  const [row, term, value] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
  term.textContent = name;
  value.textContent = text;
  row.className = kind;
  row.append(term, value);
  part("facts").append(row);
}

function note(text) {
  const line = document.createElement("li");
  line.textContent = text;
  part("unchecked").append(line);
}

async function tellTrust() {
  let text;
  try {
    const trust = await trusted();
    text = filled(WORDS.list_good, { version: trust.version, from: day(trust.from), until: day(trust.until) });
  } catch (error) {
    text = filled(WORDS[error instanceof Refusal ? error.reason : "failed"], error.details);
  }
  part("trust-state").textContent = text;
  const root = JSON.parse(remembered(PIN_KEY) ?? "null")?.root ?? "";
  part("root-pinned").textContent = root;
  part("setup").open = !root;
}

let turn = Promise.resolve();

// One after the other: a list that comes in while a root is being pinned waits for it.
function tried(act) {
  turn = turn.then(() => attempted(act));
  return turn;
}

async function attempted(act) {
  part("trust-problem").textContent = "";
  try {
    await act();
  } catch (error) {
    const known = error instanceof Refusal ? error : new Refusal("failed");
    part("trust-problem").textContent = filled(WORDS[known.reason], known.details);
  }
  await tellTrust();
}
