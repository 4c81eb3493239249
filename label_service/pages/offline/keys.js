// Ed25519 public keys, held to the rule of footprint/passport/ed25519.py: canonical and not of small order, because
// under a key of small order anybody can make a signature (RFC 8032, 5.1.7). The curve itself is the browser's.

const P = 2n ** 255n - 19n;
const ORDER_8 = BigInt("0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826");
const SMALL_ORDER_Y = [0n, 1n, P - 1n, ORDER_8, P - ORDER_8];

function publicKey(multibase) {
  const data = fromMultibase(multibase, "weak-key");
  if (data.length !== 34 || data[0] !== 0xed || data[1] !== 0x01) refuse("weak-key");
  const raw = data.slice(2);
  const y = BigInt("0x" + hex(raw.slice().reverse())) & (2n ** 255n - 1n);
  if (y >= P || SMALL_ORDER_Y.includes(y)) refuse("weak-key");
  return raw;
}

async function checkSignature(raw, signature, data, reason) {
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]).catch((error) => {
    refuse(error.name === "NotSupportedError" ? "no-crypto" : "weak-key");
  });
  if (!(await crypto.subtle.verify({ name: "Ed25519" }, key, signature, data))) refuse(reason);
}
