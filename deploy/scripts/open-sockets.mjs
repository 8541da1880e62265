// node open-sockets.mjs URL COUNT   opens so many sockets that follow the prices of every instrument, says "open" when all do, and keeps
// them until its standard input ends. No package is needed: a load that only reads needs little of the protocol (RFC 6455).
import { createConnection } from "node:net";
import { randomBytes } from "node:crypto";

const [url, count] = [new URL(process.argv[2]), Number(process.argv[3])];
const subscribe = JSON.stringify({ op: "subscribe", id: "1", channel: "metrics", params: { columns: ["price", "change(5m)", "volume(1h)"] } });

// What a client sends is masked; a mask of zeros changes nothing.
function frame(opcode, payload) {
  const body = Buffer.from(payload);
  if (body.length > 125) return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 126, body.length >> 8, body.length & 255, 0, 0, 0, 0]), body]);
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | body.length, 0, 0, 0, 0]), body]);
}

function open() {
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(url.port), url.hostname);
    let waiting = Buffer.alloc(0);
    let upgraded = false;
    socket.on("error", reject).on("close", () => reject(new Error("the gateway closed a socket")));
    socket.on("connect", () =>
      socket.write(`GET /ws/v1 HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n${process.env.API_KEY ? `X-API-Key: ${process.env.API_KEY}\r\n` : ""}\r\n`));
    socket.on("data", (chunk) => {
      waiting = waiting.length ? Buffer.concat([waiting, chunk]) : chunk;
      if (!upgraded) {
        const end = waiting.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!waiting.toString("latin1", 0, 12).endsWith("101")) return reject(new Error(`refused: ${waiting.toString("latin1", 0, end).split("\r\n")[0]}`));
        upgraded = true;
        waiting = waiting.subarray(end + 4);
        socket.write(frame(1, subscribe));
        resolve(socket);
      }
      for (;;) {
        if (waiting.length < 2) return;
        const short = waiting[1] & 127;
        const head = short < 126 ? 2 : short === 126 ? 4 : 10;
        if (waiting.length < head) return;
        const length = short < 126 ? short : short === 126 ? waiting.readUInt16BE(2) : Number(waiting.readBigUInt64BE(2));
        if (waiting.length < head + length) return;
        if ((waiting[0] & 15) === 9) socket.write(frame(10, waiting.subarray(head, head + length)));
        waiting = waiting.subarray(head + length);
      }
    });
  });
}

process.stdin.resume().on("end", () => process.exit(0));
try {
  for (let n = 0; n < count; n++) await open();
  console.log("open");
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
