import type { LibraryAddition } from './library-addition.ts';

/** Adds the GNU formats that Linux supports. The C library truncates the text at a format that it does not support. */
export const TIME_ADDITION: LibraryAddition = {
  module: '_sandpod_time',
  isAfterOriginal: false,
  code: `
import time as _time
_format, _localtime = _time.strftime, _time.localtime

def _gnu(letter, flag, moment):
    if letter == 'P':
        return 'am' if moment[3] < 12 else 'pm'
    if letter == 's':
        return str(int(_time.mktime(moment)))
    value = moment[3] if letter == 'k' else (moment[3] + 11) % 12 + 1
    return str(value) if flag == '-' else f'{value:02d}' if flag == '0' else f'{value:2d}'

def _translated(text, moment):
    parts = text.split('%')
    done, index = parts[0], 1
    while index < len(parts):
        part = parts[index]
        if part == '' and index + 1 < len(parts):
            done += '%%' + parts[index + 1]
            index += 2
            continue
        flag = part[:1] if part[:1] in ('-', '_', '0') else ''
        letter = part[len(flag):len(flag) + 1]
        known = letter in ('k', 'l', 'P', 's') and letter != ''
        done += _gnu(letter, flag, moment) + part[len(flag) + 1:] if known else '%' + part
        index += 1
    return done

def strftime(format, *moment):
    if not any('%' + flag + letter in format for flag in ('', '-', '_', '0') for letter in 'klPs'):
        return _format(format, *moment)
    at = moment[0] if moment else _localtime()
    return _format(_translated(format, at), at)

def install():
    _time.strftime = strftime
`,
};

export const ZONEINFO_ADDITION: LibraryAddition = {
  module: 'zoneinfo/_tzpath',
  isAfterOriginal: true,
  code: `
if 'PYTHONTZPATH' not in os.environ:
    reset_tzpath(['/usr/local/share/zoneinfo'])
`,
};

/** Rejects locales other than "C" and "POSIX". The C library accepts every name, and then behaves as in the locale "C". */
export const LOCALE_ADDITION: LibraryAddition = {
  module: 'locale',
  isAfterOriginal: true,
  code: `
_setlocale_of_any = _setlocale
def _setlocale(category, locale=None):
    if locale and locale.partition('.')[0] not in ('C', 'POSIX'):
        raise Error('unsupported locale setting')
    # The C library returns a list of all categories, although it cannot set them separately.
    return _setlocale_of_any(category, locale).partition(';')[0]
`,
};
