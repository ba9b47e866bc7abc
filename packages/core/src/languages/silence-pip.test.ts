import { describe, expect, it } from 'vitest';
import { atOnce } from '../control/steps.ts';
import { silencePip } from './silence-pip.ts';

describe('silencePip', () => {
  it.each([
    ['pip install matplotlib numpy', 'pip install -qqq matplotlib numpy'],
    ['pip3 install a', 'pip3 install -qqq a'],
    ['pip3.12 install a', 'pip3.12 install -qqq a'],
    ['python -m pip install a', 'python -m pip install -qqq a'],
    ['python3.12  -m  pip  install a', 'python3.12  -m  pip  install -qqq a'],
    ['  pip install a', '  pip install -qqq a'],
    ['cd /x && pip install a; pip install b || pip3 install c', 'cd /x && pip install -qqq a; pip install -qqq b || pip3 install -qqq c'],
    ['cd /x &&\\\n  pip install a', 'cd /x &&\\\n  pip install -qqq a'],
    ['pip install', 'pip install -qqq'],
    ['pip install a\r\npip install b\r\n', 'pip install -qqq a\r\npip install -qqq b\r\n'],
    ['pip install -q a\npip install b', 'pip install -q a\npip install -qqq b'],
    ['pip install a; pip install -q b', 'pip install -qqq a; pip install -q b'],
    ['pip install -r requirements-q.txt', 'pip install -qqq -r requirements-q.txt'],
    ['pip install --require-hashes a', 'pip install -qqq --require-hashes a'],
    ["# don't\npip install a", "# don't\npip install -qqq a"],
    ["echo 'a\nb'\npip install a", "echo 'a\nb'\npip install -qqq a"],
    ["echo it\\'s; pip install a", "echo it\\'s; pip install -qqq a"],
    ['cat <<END\npip install a\nEND\npip install b', 'cat <<END\npip install a\nEND\npip install -qqq b'],
    ["cat > x <<'E F' && pip install a\npip install b\nE F\n", "cat > x <<'E F' && pip install -qqq a\npip install b\nE F\n"],
    [
      'cat <<A; cat <<-B\npip install a\nA\npip install b\n\tB\npip install c',
      'cat <<A; cat <<-B\npip install a\nA\npip install b\n\tB\npip install -qqq c',
    ],
    ["cat <<EOF\ndon't\nEOF\npip install a", "cat <<EOF\ndon't\nEOF\npip install -qqq a"],
    ['cat <<A\n\tA\npip install a\nA\npip install b', 'cat <<A\n\tA\npip install a\nA\npip install -qqq b'],
    ['tr a b <<< x\npip install a', 'tr a b <<< x\npip install -qqq a'],
    ['x=$((1 << 2))\npip install a\n2\n', 'x=$((1 << 2))\npip install -qqq a\n2\n'],
    ['let "x = 1 << 2"\npip install a\n2\n', 'let "x = 1 << 2"\npip install -qqq a\n2\n'],
    ['echo "$(cd x && pip install a)"; pip install b', 'echo "$(cd x && pip install -qqq a)"; pip install -qqq b'],
    ["echo $'it\\'s'; pip install a", "echo $'it\\'s'; pip install -qqq a"],
    ['echo "${#x}"; pip install a', 'echo "${#x}"; pip install -qqq a'],
    ['case $1 in a) echo;; esac\npip install a', 'case $1 in a) echo;; esac\npip install -qqq a'],
  ])('%j becomes %j', (code, silenced) => {
    expect(atOnce(silencePip(code))).toBe(silenced);
    expect(atOnce(silencePip(silenced))).toBe(silenced);
  });

  it.each([
    '',
    'pip installx',
    'pip install-x',
    'xpip install a',
    'echo pip install a',
    'pip uninstall a',
    'pip install -q a',
    'pip install a -qq',
    'pip install -Uq a',
    'pip install a --quiet',
    'pip install a > log -q',
    'echo "a; pip install b"',
    "echo 'a\npip install b'",
    '# pip install a',
    'true # x; pip install a',
    'echo a\\; pip install b',
    'echo a \\\npip install b',
    "cat > README.md <<'END'\n## Install\npip install mytool\nEND\ncat README.md",
    'cat <<"EOF" > x\npip install a\n\nEOF',
    'cat <<\\EOF\npip install a\nEOF',
    'cat <<-EOF\n\tpip install a\n\tEOF',
    'python3 - <<PY\nx = "it\'s"\nPY\necho "\npip install a\n"',
    'echo "$(echo "x; pip install a")"',
    'cat <<EOF\npip install a',
    'cat <<-EOF\n EOF\npip install a',
  ])('does not change %j', (code) => {
    expect(atOnce(silencePip(code))).toBe(code);
  });

  it('takes linear time for hostile code', { timeout: 60_000 }, () => {
    for (const piece of [
      '"',
      "'",
      '\\',
      '((',
      '((a)',
      '$(',
      ')',
      '<<a\n',
      '<<a ',
      "$'",
      '"$(',
      'pip install ',
      ';',
      '; pip install',
      ' #',
      '"\'',
      '\n\t ',
      '-q ',
      '\'\\"#',
    ]) {
      const code = piece.repeat(20_000);
      const start = performance.now();
      atOnce(silencePip(code));
      expect([piece, performance.now() - start < 5_000]).toEqual([piece, true]);
    }
  });
});
