export const MCP_HELP = `Serves sandboxes to MCP clients: one sandbox over standard input and output, or many over HTTP.

Usage: sandpod mcp [--on NAME] [options]
       sandpod mcp --http [--port NUMBER] [options]

      --on NAME         back end (default: embedded, or SANDPOD_ON; see: sandpod backends)
  -t, --timeout TIME    time limit for each call: seconds, or 500ms, 30s, 2m, 1h (default: 60s)
      --image IMAGE     image of the sandbox, for back ends that have images
  -n, --namespace NAME  namespace of the sandbox, for back ends that have namespaces
      --approve         ask the client's user before code runs; if the client cannot ask, nothing runs
  -h, --help            show this help

HTTP
      --http               serve over streamable HTTP; each session has its own sandbox
      --host ADDRESS       address to listen on (default: 127.0.0.1, which only programs on this machine can reach)
      --port NUMBER        port to listen on (default: 3230; 0: any free port)
      --token-file FILE    file with the token that clients must send (default: SANDPOD_MCP_TOKEN, or a random token)
      --idle TIME          remove a sandbox if no client has been connected for this time (default: 30m)
      --max-sessions N     maximum number of sandboxes (default: 16)

Tools: run_code, run_command, read_file, write_file, list_files. A sandbox is created at the first call. Over standard input, it is
removed when the client closes standard input, and only MCP messages are written to standard output. Over HTTP, it is removed when
the client ends its session, after the idle time, and when the server stops.

Examples
  {"command": "npx", "args": ["-y", "@sandpod/cli", "mcp"]}
  {"command": "npx", "args": ["-y", "@sandpod/cli", "mcp", "--on", "docker", "--image", "python:3.13-slim"]}
  sandpod mcp --http --on docker
`;
