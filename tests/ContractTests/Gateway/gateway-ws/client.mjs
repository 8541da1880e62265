// Follows the alerts of /ws/v1 with the npm package ws: connects, subscribes, is cut off, resumes, and prints what it got.
import WebSocket from 'ws'

const [url, wanted] = [process.argv[2], Number(process.argv[3])]
const got = []
let place

function connect(cutAfter) {
  const socket = new WebSocket(url, ['screener.v1'])
  socket.on('message', data => {
    const message = JSON.parse(data.toString('utf8'))
    if (message.type === 'welcome') {
      console.log(`welcome ${socket.protocol}`)
      socket.send(JSON.stringify({ op: 'subscribe', id: '1', channel: 'alerts', params: { symbol: 'CONTRACT' }, resume: place }))
    } else if (message.type === 'ok') {
      console.log(place ? `resumed ${message.recovered}` : 'subscribed')
      place = { epoch: message.epoch, sequence: message.sequence }
    } else if (message.type === 'update') {
      place = { epoch: message.epoch, sequence: message.sequence }
      got.push(message.alert.id)
      if (got.length === cutAfter) {
        socket.terminate()
        connect()
      }
      if (got.length === wanted) {
        console.log(`alerts ${got.join(' ')}`)
        socket.close(1000)
      }
    } else if (message.type === 'error') {
      throw new Error(message.message)
    }
  })
  socket.on('close', code => console.log(`closed ${code}`))
  socket.on('error', error => { throw error })
}

connect(Math.floor(wanted / 2))
