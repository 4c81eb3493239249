// The code on the goods, as footprint/passport/offline_code.py makes and checks it.

const PREFIX = "c1.";
const MOST_DIGITS = 518;
const [ALG, KID, ED25519] = [1n, 4n, -19n];
const [EXP, IAT, CTI, OURS] = [4n, 6n, 7n, -65537n];
const LAST_SECOND = 253402300799n;
const UNITS = ["kg", "MJ"];

async function verifyCode(text, keys, now) {
  const scanned = readLink(text.trim());
  const [header, payload, signature] = message(scanned.fragment);
  const key = await holderOf(header, keys);
  await checkSignature(key.raw, signature, toBeSigned(header, payload), "signature");
  const said = claims(decodeCbor(payload));
  if (!covers(said.goods, scanned.goods)) refuse("other-goods", said.goods);
  if (said.from < key.from || said.from > key.until) refuse("key-time");
  if (now < said.from) refuse("early", { from: day(said.from) });
  if (now > said.until) refuse("expired", { until: day(said.until) });
  return { ...said, issuer: key.name };
}

function message(fragment) {
  if (!fragment.startsWith(PREFIX)) refuse("no-code");
  const digits = fragment.slice(PREFIX.length);
  if (!/^[1-9][0-9]*$/.test(digits) || digits.length > MOST_DIGITS) refuse("malformed");
  const parts = decodeCbor(bytesOf(BigInt(digits)));
  if (!Array.isArray(parts) || parts.length !== 4) refuse("malformed");
  const [header, unprotected, payload, signature] = parts;
  const whole = [header, payload, signature].every((part) => part instanceof Uint8Array) && unprotected instanceof Map;
  if (!whole || unprotected.size !== 0 || signature.length !== 64) refuse("malformed");
  return [header, payload, signature];
}

async function holderOf(header, keys) {
  const map = decodeCbor(header);
  const plain = map instanceof Map && map.size === 2 && map.get(ALG) === ED25519 && map.get(KID) instanceof Uint8Array;
  if (!plain) refuse("malformed");
  const ids = await Promise.all(keys.map((key) => sha256(utf8(key.method))));
  const found = keys.filter((_, place) => same(ids[place].slice(0, 8), map.get(KID)));
  if (found.length !== 1) refuse("unknown-key");
  return found[0].raw ? found[0] : refuse("malformed");
}

function claims(map) {
  const ours = map instanceof Map && map.size === 4 ? map.get(OURS) : undefined;
  const digest = ours && map.get(CTI);
  if (!Array.isArray(ours) || ours.length !== 9) refuse("malformed");
  if (!(digest instanceof Uint8Array) || digest.length !== 32) refuse("malformed");
  const [gtin, lot, serial, ...numbers] = ours;
  const times = [map.get(IAT), map.get(EXP)];
  if (![gtin, ...numbers, ...times].every((number) => typeof number === "bigint")) refuse("malformed");
  const [unit, amount, gross, low, high, removals] = numbers;
  if ([gtin, unit, amount, gross, removals, ...times].some((number) => number < 0n)) refuse("malformed");
  if (unit > 1n || amount === 0n || low > high || times.some((second) => second > LAST_SECOND)) refuse("malformed");
  if (typeof lot !== "string" || !(serial === null || typeof serial === "string")) refuse("malformed");
  const goods = goodsOf(gtin.toString().padStart(14, "0"), lot, serial, "malformed");
  const [from, until] = times.map((second) => Number(second) * 1000);
  return { goods, from, until, unit: UNITS[Number(unit)], amount, gross, low, high, removals, digest: hex(digest) };
}
