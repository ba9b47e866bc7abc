// The engine has no Intl: `toLocaleString` and a small `Intl.NumberFormat` in the style of en-US, whatever the locale.
const symbols = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩' };

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function fractionDigits(options, isCurrency) {
  const fallback = isCurrency ? (options.currency === 'JPY' || options.currency === 'KRW' ? 0 : 2) : options.style === 'percent' ? 0 : 3;
  const minimum = options.minimumFractionDigits ?? (isCurrency ? Math.min(fallback, options.maximumFractionDigits ?? fallback) : 0);
  return { minimum, maximum: options.maximumFractionDigits ?? Math.max(minimum, fallback) };
}

function digitsOf(amount, maximum) {
  return amount >= 1e21 ? String(BigInt(amount)) : amount.toFixed(maximum);
}

export function formatNumber(value, options = {}) {
  if (typeof value === 'bigint') return `${value < 0n ? '-' : ''}${grouped(String(value < 0n ? -value : value))}`;
  if (Number.isNaN(value)) return 'NaN';
  const isCurrency = options.style === 'currency';
  const amount = Math.abs(options.style === 'percent' ? value * 100 : value);
  const { minimum, maximum } = fractionDigits(options, isCurrency);
  let [whole, fraction = ''] = Number.isFinite(amount) ? digitsOf(amount, Math.min(maximum, 100)).split('.') : ['∞'];
  fraction = fraction.replace(/0+$/, '').padEnd(minimum, '0');
  if (options.useGrouping !== false && whole !== '∞') whole = grouped(whole);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const prefix = isCurrency ? (symbols[options.currency] ?? `${options.currency}\u00a0`) : '';
  return `${sign}${prefix}${whole.padStart(options.minimumIntegerDigits ?? 1, '0')}${fraction === '' ? '' : `.${fraction}`}${options.style === 'percent' ? '%' : ''}`;
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
    value: function toLocaleString(_locale, options) {
      return formatNumber(this.valueOf(), options);
    },
    writable: true,
    configurable: true,
  });
}
