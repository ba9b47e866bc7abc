export const RUN_HELP = `Runs code in a sandbox: one file, or every fenced block of a Markdown file.

Usage: sandpod run [options] FILE|- [-- ARGUMENT...]

FILE is a .py, .js, .mjs or .sh file, or a .md file whose runnable blocks are run in order until one fails.
- reads standard input: Markdown, unless --language says what it is.
Arguments after -- go to the program.

Where and how long
      --on NAME           back end (default: embedded, or SANDPOD_ON; see: sandpod backends)
  -t, --timeout TIME      for all blocks together: seconds, or 500ms, 30s, 2m, 1h (default: 60s)
      --image IMAGE       image of the sandbox, for back ends that have images
  -n, --namespace NAME    namespace of the sandbox, for back ends that have namespaces

What goes in
  -l, --language NAME     language of FILE, whatever its name
  -e, --env KEY=VALUE     variable for the program; KEY alone takes the value from here (repeatable)
  -f, --file PATH[:NAME]  file to put into the workspace first (repeatable)
      --stdin PATH|-      what the first block reads from its standard input

What comes out
  -o, --out DIR           directory for the files that the run made or changed
      --json              one JSON document with the result and the files, and nothing else
  -q, --quiet             the program's output only
  -v, --verbose           progress and block headers, also where nobody watches
  -h, --help              this text

Exit code: the program's own; 2 refused or called wrongly; 124 timeout; 125 a limit, or the sandbox failed;
130 cancelled; 141 nobody read the output any more.

Examples
  sandpod run answer.md                            the blocks of a model's answer
  sandpod run --timeout 10 script.py -- --fast     one file with an argument
  sandpod run -f sales.csv -o results plot.py      a file in, files out
  pbpaste | sandpod run -                          Markdown from the clipboard
  sandpod run --json answer.md | jq .outcome       for programs
`;
