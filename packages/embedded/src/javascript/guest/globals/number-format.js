// The engine has no Intl. This adds `toLocaleString` and a small `Intl.NumberFormat`, which format as en-US for every locale.
const symbols = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩' };

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function usualDigits({ style, currency }) {
  if (style === 'currency') return currency === 'JPY' || currency === 'KRW' ? 0 : 2;
  return style === 'percent' ? 0 : 3;
}

function fractionDigits(options) {
  const usual = usualDigits(options);
  const least = options.style === 'currency' ? Math.min(usual, options.maximumFractionDigits ?? usual) : 0;
  const minimum = options.minimumFractionDigits ?? least;
  return { minimum, maximum: options.maximumFractionDigits ?? Math.max(minimum, usual) };
}

function digitsOf(amount, maximum) {
  return amount >= 1e21 ? String(BigInt(amount)) : amount.toFixed(maximum);
}

function amountText(amount, options) {
  if (!Number.isFinite(amount)) return '∞';
  const { minimum, maximum } = fractionDigits(options);
  const [whole, fraction = ''] = digitsOf(amount, Math.min(maximum, 100)).split('.');
  const shown = fraction.replace(/0+$/, '').padEnd(minimum, '0');
  const padded = whole.padStart(options.minimumIntegerDigits ?? 1, '0');
  return `${options.useGrouping === false ? padded : grouped(padded)}${shown === '' ? '' : `.${shown}`}`;
}

export function formatNumber(value, options = {}) {
  if (typeof value === 'bigint') return `${value < 0n ? '-' : ''}${grouped(String(value < 0n ? -value : value))}`;
  if (Number.isNaN(value)) return 'NaN';
  const isPercent = options.style === 'percent';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const prefix = options.style === 'currency' ? (symbols[options.currency] ?? `${options.currency}\u00a0`) : '';
  return `${sign}${prefix}${amountText(Math.abs(isPercent ? value * 100 : value), options)}${isPercent ? '%' : ''}`;
}

export class NumberFormat {
  #options;

  constructor(_locale, options = {}) {
    this.#options = { ...options };
  }

  format = (value) => formatNumber(typeof value === 'bigint' ? value : Number(value), this.#options);

  resolvedOptions() {
    return { locale: 'en-US', numberingSystem: 'latn', ...this.#options };
  }
}

for (const Type of [Number, BigInt]) {
  Object.defineProperty(Type.prototype, 'toLocaleString', {
    value(_locale, options) {
      return formatNumber(this.valueOf(), options);
    },
    writable: true,
    configurable: true,
  });
}
