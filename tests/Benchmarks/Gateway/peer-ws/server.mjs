// The fan-out of the npm package ws at its plainest: every line of standard input goes to every client.
import { createInterface } from 'node:readline'
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096, perMessageDeflate: false })
server.on('listening', () => console.log('listening'))
createInterface({ input: process.stdin }).on('line', line => {
  const message = Buffer.from(line)
  for (const client of server.clients) client.send(message, { binary: false })
}).on('close', () => process.exit(0))
