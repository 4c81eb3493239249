// Amounts and days as the label writes them (label_service/figures.py): three significant figures of the footprint, the
// other numbers with as many places; half to even.

const MILLION_PLACES = 6;
const day = (time) => new Date(time).toISOString().slice(0, 10);

function placesFor(millionths) {
  const digits = millionths.toString().length - 1 - MILLION_PLACES;
  return millionths === 0n ? 2 : Math.min(MILLION_PLACES, Math.max(0, 2 - digits));
}

function written(millionths, places) {
  const unit = 10n ** BigInt(MILLION_PLACES - places);
  const size = millionths < 0n ? -millionths : millionths;
  const rest = size % unit;
  const up = rest * 2n > unit || (rest * 2n === unit && (size / unit) % 2n === 1n);
  const digits = (size / unit + (up ? 1n : 0n)).toString().padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return (millionths < 0n && /[1-9]/.test(text) ? "−" : "") + text;
}

const plain = (millionths) => written(millionths, MILLION_PLACES).replace(/\.?0+$/, "");

function filled(words, details = {}) {
  return words.replace(/\{(\w+)\}/g, (slot, name) => String(details[name] ?? slot));
}
