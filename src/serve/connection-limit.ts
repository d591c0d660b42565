import type { FastifyInstance, FastifyRequest } from "fastify";

type Socket = FastifyRequest["raw"]["socket"];

const MOST_CONNECTIONS = 10_000;
/** Far more than a newsroom's programs behind one address need at once, and a twentieth of what there is for all. */
const MOST_OF_AN_ADDRESS = 500;

/**
 * Nobody can take all connections for himself: what an address opens beyond its share is closed at once.
 * @param addressOf undefined: a proxy, or somebody who cannot be told from others
 */
export function limitConnections(
  server: FastifyInstance["server"],
  addressOf: (socket: Socket) => string | undefined,
): void {
  const open = new Map<string, number>();
  server.maxConnections = MOST_CONNECTIONS;
  server.on("connection", (socket) => {
    const address = addressOf(socket);
    if (address === undefined) return;
    const others = open.get(address) ?? 0;
    if (others >= MOST_OF_AN_ADDRESS) {
      socket.destroy();
      return;
    }
    open.set(address, others + 1);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}
