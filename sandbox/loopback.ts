import type { Server } from "node:http";

/** Listens on 127.0.0.1, on any free port for 0; resolves with the address, without a slash at the end. @throws when the port is taken. */
export function listenOnLoopback(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://127.0.0.1:${taken}`);
    });
  });
}

/** Ends hanging connections too. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
