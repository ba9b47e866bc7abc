// The engine leaves out the name of the time zone, which is always UTC.
const name = ' (Coordinated Universal Time)';
for (const method of ['toString', 'toTimeString']) {
  const original = Date.prototype[method];
  Object.defineProperty(Date.prototype, method, {
    value: {
      [method]() {
        const text = original.call(this);
        return text === 'Invalid Date' ? text : text + name;
      },
    }[method],
    writable: true,
    configurable: true,
  });
}
