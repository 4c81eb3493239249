// Bytes, and the one error of this page. What is refused carries a reason (a key of WORDS) and what to fill in.

class Refusal extends Error {
  constructor(reason, details = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

function refuse(reason, details) {
  throw new Refusal(reason, details);
}

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (one, other) => hex(one) === hex(other);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bytesOf(number) {
  const digits = number.toString(16);
  const even = digits.length % 2 ? "0" + digits : digits;
  return Uint8Array.from(even.match(/../g), (pair) => parseInt(pair, 16));
}

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// Multibase base58btc, "z…" (W3C Controlled Identifiers, 2.4).
function fromMultibase(text, reason) {
  if (typeof text !== "string" || !/^z[1-9A-HJ-NP-Za-km-z]{1,128}$/.test(text)) refuse(reason);
  let number = 0n;
  for (const character of text.slice(1)) number = number * 58n + BigInt(BASE58.indexOf(character));
  const zeros = text.slice(1).match(/^1*/)[0].length;
  return joined(new Uint8Array(zeros), number ? bytesOf(number) : new Uint8Array(0));
}
