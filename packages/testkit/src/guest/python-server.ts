/**
 * Returns a Python program that is a TCP server on the sandbox's loopback interface. The server prints `listening <port>` once its port is
 * known. If `delayMs` is set, it opens that port only after this time.
 *
 * The first line that a client sends on a connection is a command:
 *
 * - `echo`: sends everything back.
 * - `digest`: at the end of the input, sends `<bytes> <SHA-256 in hex>`.
 * - `say <hex>`: sends these bytes.
 * - `flood`: sends bytes forever, and prints `flooded <count> MiB` repeatedly.
 * - `stall`: reads nothing.
 * - `watch`: prints `watching`, and reads to the end of the input.
 *
 * When a connection ends, the server prints `ended <command>`.
 */
export function pythonServer(options: { readonly delayMs?: number } = {}): string {
  return PROGRAM.replaceAll('DELAY', String((options.delayMs ?? 0) / 1_000));
}

const PROGRAM = `
import hashlib, socket, sys, threading, time

def say(line):
    sys.stdout.write(line + "\\n")
    sys.stdout.flush()

def pieces(source):
    while True:
        piece = source.read1(65536)
        if not piece: return
        yield piece

def answer(connection, source, command, rest):
    if command == "echo":
        for piece in pieces(source): connection.sendall(piece)
    elif command == "digest":
        total, sha = 0, hashlib.sha256()
        for piece in pieces(source):
            total += len(piece)
            sha.update(piece)
        connection.sendall(f"{total} {sha.hexdigest()}\\n".encode())
    elif command == "say": connection.sendall(bytes.fromhex(rest))
    elif command == "flood":
        total = 0
        while True:
            connection.sendall(b"f" * 1048576)
            total += 1
            say(f"flooded {total} MiB")
    elif command == "stall": time.sleep(600)
    else:
        say("watching")
        for piece in pieces(source): pass

def serve(connection):
    command = ""
    try:
        with connection:
            source = connection.makefile("rb")
            command, _, rest = source.readline().decode().strip().partition(" ")
            answer(connection, source, command, rest)
            connection.shutdown(socket.SHUT_WR)
            for piece in pieces(source): pass
    except OSError: pass
    say("ended " + command)

def listen(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    return server

server = listen(0)
port = server.getsockname()[1]
if DELAY: server.close()
else: server.listen(128)
say(f"listening {port}")
if DELAY:
    time.sleep(DELAY)
    server = listen(port)
    server.listen(128)
while True:
    connection, _ = server.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
`;
