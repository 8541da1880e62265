// node follow-alerts.mjs ws://127.0.0.1:8080/ws/v1 [how many]: prints alerts, and misses none while it is away.
import WebSocket from 'ws'

const [url = 'ws://127.0.0.1:8080/ws/v1', wanted = Infinity] = process.argv.slice(2)
let place, seen = 0

function follow() {
  const socket = new WebSocket(url)
  socket.on('message', data => {
    const message = JSON.parse(data)
    if (message.type === 'welcome') socket.send(JSON.stringify({ op: 'subscribe', id: 'alerts', channel: 'alerts', resume: place }))
    if (message.type === 'ok' && place && !message.recovered) console.log('away for too long: ask GET /api/v1/alerts for what is missing')
    if (message.type === 'ok' || message.type === 'place' || message.alert) place = { epoch: message.epoch, sequence: message.sequence }
    if (message.alert) console.log(message.alert.symbol, message.alert.description)
    if (message.alert && ++seen == wanted) process.exit()
  })
  socket.on('error', error => console.error(error.message))
  socket.on('close', () => setTimeout(follow, 1000 + Math.random() * 4000))
}
follow()
