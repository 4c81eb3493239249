// GS1 Digital Link, https://host/01/{gtin}/10/{lot}[/21/{serial}]#fragment, as footprint/passport/digital_link.py
// reads it.

const LONGEST_LINK = 2000;
const URL_TEXT = /^[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]+$/;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const AUTHORITY = new RegExp(`^(?:(?:${LABEL}\\.)*${LABEL}|\\[::1\\])(?::[0-9]{1,5})?$`);
const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]{1,5})?$/;
const LINK = /^(https?):\/\/([^/?#]+)\/01\/([^/?#]*)\/10\/([^/?#]*)(?:\/21\/([^/?#]*))?(?:\?[^#]*)?(?:#(.*))?$/i;
const SET_82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;

function readLink(text) {
  const plainText = text.length <= LONGEST_LINK && URL_TEXT.test(text) && !/%(?![0-9A-Fa-f]{2})/.test(text);
  const found = plainText ? LINK.exec(text) : null;
  if (!found) refuse("no-code");
  const [, scheme, authority, gtin, lot, serial, fragment] = found;
  const host = authority.toLowerCase();
  if (!AUTHORITY.test(host) || (scheme.toLowerCase() === "http" && !LOOPBACK.test(host))) refuse("no-code");
  const plain = serial === undefined ? null : unquoted(serial);
  return { goods: goodsOf(unquoted(gtin), unquoted(lot), plain), fragment: fragment ?? "" };
}

const unquoted = (segment) =>
  segment.replace(/%([0-9A-Fa-f]{2})/g, (_, pair) => String.fromCharCode(parseInt(pair, 16)));

function goodsOf(gtin, lot, serial, reason = "no-code") {
  const digits = /^(?:[0-9]{8}|[0-9]{12,14})$/.test(gtin) ? gtin.padStart(14, "0") : "";
  if (!digits || !/[1-9]/.test(digits) || checkDigit(digits.slice(0, -1)) !== digits.at(-1)) refuse(reason);
  for (const value of serial === null ? [lot] : [lot, serial]) {
    if (!SET_82.test(value) || value === "." || value === "..") refuse(reason);
  }
  return { gtin: digits, lot, serial };
}

// GS1 General Specifications, 7.9.1.
function checkDigit(digits) {
  const weighed = Array.from(digits).reverse().map((digit, place) => Number(digit) * (place % 2 ? 1 : 3));
  const total = weighed.reduce((sum, product) => sum + product, 0);
  return String((10 - (total % 10)) % 10);
}

function covers(signed, scanned) {
  const sameLot = signed.gtin === scanned.gtin && signed.lot === scanned.lot;
  return sameLot && (signed.serial === null || signed.serial === scanned.serial);
}
