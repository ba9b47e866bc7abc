export const RUN_HELP = `Runs code in a sandbox: one file, every fenced block of a Markdown file, or code on the command line.

Usage: sandpod run [options] FILE|- [-- ARGUMENT...]
       sandpod run [options] -c CODE [-- ARGUMENT...]

FILE is a .py, .js, .mjs or .sh file, or a .md file. The blocks of a .md file run in order until a block fails.
With -, the code is read from standard input: Markdown, or another language set with --language.
Arguments after -- are passed to the program.

Where and how long
      --on NAME           back end (default: embedded, or SANDPOD_ON; see: sandpod backends)
  -t, --timeout TIME      time limit for all blocks: seconds, or 500ms, 30s, 2m, 1h (default: 60s)
  -m, --memory SIZE       memory limit: bytes, or 512m, 2g (default: 512m)
      --cpus NUMBER       CPU limit, for example 0.5 (docker, pod; default: 1)
      --network NETWORK   none (default); docker: the name of a network, such as bridge; pod: open or require-none
      --image IMAGE       image of the sandbox, for back ends that have images
  -n, --namespace NAME    namespace of the sandbox, for back ends that have namespaces

Input
  -c, --code CODE         code to run instead of a file; without --language, the language is guessed
  -l, --language NAME     language of the code, regardless of the file's name
  -w, --workdir DIR       working directory of the program, below the workspace
  -e, --env KEY=VALUE     environment variable for the program; KEY alone copies the current value (repeatable)
  -f, --file PATH[:NAME]  file or directory to copy into the workspace (repeatable); DIR:. copies its content
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
  sandpod run -c 'print(6 * 7)'                    run code from the command line
  sandpod run --timeout 10 script.py -- --fast     run a file with an argument
  sandpod run -f data -o results plot.py           upload a directory, save the files that the run creates
  pbpaste | sandpod run -                          run Markdown from the clipboard
  sandpod run --json answer.md | jq .outcome       use the result in a program
`;
