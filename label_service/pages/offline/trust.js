// The signed trust list, as footprint/passport/signed_trust.py makes it: under the root that was pinned, in its time,
// and never an older one than was seen before. It is checked again each time it is used.

const MOST_TRUST_CHARACTERS = 1024 * 1024;
const LONGEST_VALIDITY_MS = 92 * 86400e3;
const LIST_FIELDS = ["proof", "trust", "type", "validFrom", "validUntil", "version"];
const PROOF_FIELDS = ["created", "cryptosuite", "proofPurpose", "proofValue", "type", "verificationMethod"];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

// RFC 8785, which is ECMAScript's own way of writing values, with the keys in order.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${pairs.join(",")}}`;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const hasFields = (value, fields) => isObject(value) && Object.keys(value).sort().join() === fields.join();

function instant(text, reason) {
  const time = typeof text === "string" && INSTANT.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? refuse(reason) : time;
}

function parsed(text) {
  try {
    return text.length <= MOST_TRUST_CHARACTERS ? JSON.parse(text) : refuse("list-malformed");
  } catch {
    return refuse("list-malformed");
  }
}

function rootKey(root) {
  return typeof root === "string" && root.startsWith("did:key:") ? publicKey(root.slice(8)) : refuse("weak-key");
}

// The verification method of a did:key is the key, twice.
const methodOf = (didKey) => `${didKey}#${didKey.slice(8)}`;

// Who offers this list; it is not believed for that.
function offeredRoot(text) {
  const method = parsed(text)?.proof?.verificationMethod;
  return typeof method === "string" && method.startsWith("did:key:") ? method.split("#")[0] : refuse("list-malformed");
}

async function openTrust(text, pin, now) {
  const list = parsed(text);
  await checkProof(list, pin.root);
  const { version } = list;
  if (list.type !== "CarbonTrustList" || !Number.isSafeInteger(version) || version < 1) refuse("list-malformed");
  const digest = hex(await sha256(utf8(canonical(list))));
  if (version < pin.version) refuse("list-old", { version, seen: pin.version });
  if (version === pin.version && pin.digest && pin.digest !== digest) refuse("list-twice", { version });
  const [from, until] = [instant(list.validFrom, "list-malformed"), instant(list.validUntil, "list-malformed")];
  if (until <= from || until - from > LONGEST_VALIDITY_MS) refuse("list-malformed");
  if (now < from) refuse("list-early", { from: day(from) });
  if (now > until) refuse("list-expired", { until: day(until) });
  const keys = holders(list.trust);
  return { keys, version, from, until, pin: { root: pin.root, version, digest } };
}

// eddsa-jcs-2022 (W3C Data Integrity EdDSA Cryptosuites v1.0, 3.3).
async function checkProof(list, root) {
  const key = rootKey(root);
  if (!hasFields(list, LIST_FIELDS) || !hasFields(list.proof, PROOF_FIELDS)) refuse("list-malformed");
  const { proofValue, ...options } = list.proof;
  const suite = [options.type, options.cryptosuite, options.proofPurpose].join();
  if (suite !== "DataIntegrityProof,eddsa-jcs-2022,assertionMethod") refuse("list-malformed");
  if (options.verificationMethod !== methodOf(root)) refuse("list-forged");
  const signature = fromMultibase(proofValue, "list-malformed");
  if (signature.length !== 64) refuse("list-malformed");
  const { proof, ...unsigned } = list;
  const hashes = await Promise.all([options, unsigned].map((part) => sha256(utf8(canonical(part)))));
  await checkSignature(key, signature, joined(...hashes), "list-forged");
}

function holders(trust) {
  if (!isObject(trust) || !Array.isArray(trust.issuers)) refuse("list-malformed");
  const keys = trust.issuers.flatMap(holdersOf);
  if (new Set(keys.map((key) => key.method)).size < keys.length) refuse("list-malformed");
  return keys;
}

function holdersOf(issuer) {
  const plain = hasFields(issuer, ["id", "keys", "name"]) && typeof issuer.name === "string" && issuer.name;
  if (!plain || !Array.isArray(issuer.keys) || !/^did:[a-z0-9]+:[^#]+$/.test(issuer.id)) refuse("list-malformed");
  return issuer.keys.map((key) => holder(issuer, key));
}

// Passports may be signed with P-256 or P-384 too (zDn…, z82…); codes may not, so such a key opens none.
const isOtherKind = (multibase) => /^(?:zDn|z82)/.test(multibase);

function holder(issuer, key) {
  const known = ["id", "publicKeyMultibase", "validFrom", "validUntil"];
  if (!isObject(key) || Object.keys(key).some((name) => !known.includes(name))) refuse("list-malformed");
  if (typeof key.id !== "string" || key.id.split("#")[0] !== issuer.id) refuse("list-malformed");
  const raw = isOtherKind(key.publicKeyMultibase) ? null : publicKey(key.publicKeyMultibase);
  const itself = `did:key:${key.publicKeyMultibase}`;
  if (issuer.id.startsWith("did:key:") && key.id !== methodOf(itself)) refuse("list-malformed");
  const from = key.validFrom === undefined ? -Infinity : instant(key.validFrom, "list-malformed");
  const until = key.validUntil === undefined ? Infinity : instant(key.validUntil, "list-malformed");
  return { name: issuer.name, method: key.id, raw, from, until };
}
