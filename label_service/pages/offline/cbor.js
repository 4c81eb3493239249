// The part of CBOR a code uses, in its one deterministic form (RFC 8949, 4.2): integers, bytes, text, arrays, maps with
// integer keys, null. Everything else, and every second way of writing one of these, is refused.

const DEEPEST = 4;

function decodeCbor(bytes) {
  const reader = { bytes, at: 0 };
  const value = item(reader, 0);
  if (reader.at !== bytes.length) refuse("malformed");
  return value;
}

function item(reader, depth) {
  if (depth > DEEPEST) refuse("malformed");
  if (reader.bytes[reader.at] === 0xf6) {
    reader.at += 1;
    return null;
  }
  const [major, argument] = head(reader);
  if (major === 0) return argument;
  if (major === 1) return -1n - argument;
  const size = Number(argument);
  if (size > reader.bytes.length - reader.at) refuse("malformed");
  if (major === 2) return taken(reader, size);
  if (major === 3) return textOf(taken(reader, size));
  if (major === 4) return Array.from({ length: size }, () => item(reader, depth + 1));
  if (major === 5) return mapOf(reader, size, depth);
  return refuse("malformed");
}

function head(reader) {
  const first = reader.bytes[reader.at];
  if (first === undefined) refuse("malformed");
  reader.at += 1;
  const short = first & 31;
  if (short < 24) return [first >> 5, BigInt(short)];
  if (short > 27) refuse("malformed");
  const size = 1 << (short - 24);
  const argument = BigInt("0x" + hex(taken(reader, size)));
  const least = size === 1 ? 24n : 1n << BigInt(4 * size);
  if (argument < least) refuse("malformed");
  return [first >> 5, argument];
}

function taken(reader, size) {
  const part = reader.bytes.slice(reader.at, reader.at + size);
  if (part.length !== size) refuse("malformed");
  reader.at += size;
  return part;
}

function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("malformed");
  }
}

function mapOf(reader, size, depth) {
  const map = new Map();
  let before = "";
  for (let place = 0; place < size; place += 1) {
    const start = reader.at;
    const key = item(reader, depth + 1);
    const written = hex(reader.bytes.slice(start, reader.at));
    if (typeof key !== "bigint" || (before && !follows(before, written))) refuse("malformed");
    map.set(key, item(reader, depth + 1));
    before = written;
  }
  return map;
}

// Of integers, the order of their bytes and "shorter first" are the same within a major type, and both are kept here.
const follows = (before, next) =>
  next.length === before.length ? next > before : next.length > before.length;

function byteString(major, bytes) {
  const size = bytes.length;
  const start = size < 24 ? [size] : size < 256 ? [24, size] : [25, size >> 8, size & 255];
  return joined(Uint8Array.from([(major << 5) | start[0], ...start.slice(1)]), bytes);
}

// The Sig_structure of COSE_Sign1 (RFC 9052, 4.4).
function toBeSigned(header, payload) {
  const none = new Uint8Array(0);
  const parts = [byteString(3, utf8("Signature1")), byteString(2, header), byteString(2, none), byteString(2, payload)];
  return joined(Uint8Array.of(0x84), ...parts);
}
