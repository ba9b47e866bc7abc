const JAVASCRIPT = /\bconsole\.\w+\(|^\s*(?:const|let|var|function|async function|export)\s|=>|^\s*import\b[^\n]*['"]|\brequire\(/m;
const PYTHON = /^\s*(?:import|from|def|class|print|with|for|while|if|try)\b[^\n]*(?::\s*(?:#.*)?$|\))|^\s*(?:import|from)\s+[\w.]+/m;
const SHELL =
  /^\s*(?:set\s+-|export\s+\w+=|\w+=\S*\s*$|(?:echo|ls|cat|cd|mkdir|rm|cp|mv|grep|sed|awk|find|head|tail|sort|curl|wget|which|pwd|seq|wc|date|env|uname|jq)(?:\s|$))/;
const SHEBANG = /^#!.*?\b(python|node|bash|sh)[\d.]*\s*$/m;
const LANGUAGES: Readonly<Record<string, string>> = { node: 'javascript', sh: 'sh', bash: 'bash' };

/** Guesses the language of code on the command line, from a shebang or from typical words. Without any, it is Python. */
export function guessLanguage(code: string): 'python' | 'javascript' | 'sh' | 'bash' {
  const [, interpreter] = code.startsWith('#!') ? (SHEBANG.exec(code) ?? []) : [];
  if (interpreter !== undefined) return (LANGUAGES[interpreter] ?? 'python') as 'python';
  if (SHELL.test(code)) return 'sh';
  return JAVASCRIPT.test(code) && !PYTHON.test(code) ? 'javascript' : 'python';
}
