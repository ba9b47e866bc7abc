export const RUN_HELP = `Runs code in a sandbox: one file, or every fenced block of a Markdown file.

Usage: sandpod run [options] FILE|- [-- ARGUMENT...]

FILE is a .py, .js, .mjs or .sh file, or a .md file. The blocks of a .md file run in order until a block fails.
With -, the code is read from standard input: Markdown, or another language set with --language.
Arguments after -- are passed to the program.

Where and how long
      --on NAME           back end (default: embedded, or SANDPOD_ON; see: sandpod backends)
  -t, --timeout TIME      time limit for all blocks: seconds, or 500ms, 30s, 2m, 1h (default: 60s)
      --image IMAGE       image of the sandbox, for back ends that have images
  -n, --namespace NAME    namespace of the sandbox, for back ends that have namespaces

Input
  -l, --language NAME     language of FILE, regardless of its name
  -e, --env KEY=VALUE     environment variable for the program; KEY alone copies the current value (repeatable)
  -f, --file PATH[:NAME]  file to copy into the workspace before the run (repeatable)
      --stdin PATH|-      standard input of the first block

Output
  -o, --out DIR           directory for the files that the run created or changed
      --json              print only a JSON document with the result and the files
  -q, --quiet             print only the program's output
  -v, --verbose           print progress and block headers even if stderr is not a terminal
  -h, --help              show this help

Exit codes: the program's exit code; 2 refused or wrong usage; 124 timeout; 125 a limit was reached or the sandbox
failed; 130 cancelled; 141 the reader closed the output pipe.

Examples
  sandpod run answer.md                            run the blocks of a model's answer
  sandpod run --timeout 10 script.py -- --fast     run a file with an argument
  sandpod run -f sales.csv -o results plot.py      upload a file, save the files that the run creates
  pbpaste | sandpod run -                          run Markdown from the clipboard
  sandpod run --json answer.md | jq .outcome       use the result in a program
`;
