// Numbers as people write them.

// A number for people: a real minus sign, so many decimals, powers of ten when it is tiny or huge.
export function number(value, decimals = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 0.5 * 10 ** -decimals)) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return `${mantissa}·10${superscript(Number(exponent))}`.replace("-", "−");
  }
  return value.toFixed(decimals).replace("-", "−");
}

export function superscript(whole) {
  return String(whole).replace(/[-\d]/g, (digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]));
}
