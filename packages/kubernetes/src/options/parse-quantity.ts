/** Suffixes as exponents of 10 and of 1024. */
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

/** Converts a quantity in Kubernetes' notation to a number. Returns undefined if the quantity is invalid or negative. */
export function parseQuantity(quantity: unknown): number | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined;
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:([numkMGTPE]?)|([KMGTPE]i)|[eE]([+-]?\d{1,3}))$/.exec(String(quantity));
  if (match === null) return undefined;
  const [, digits = '', decimal = '', binary, exponent] = match;
  if (binary !== undefined) return Number(digits) * 1024 ** (BINARY[binary] ?? Number.NaN);
  return Number(`${digits}e${exponent ?? DECIMAL[decimal]}`);
}
