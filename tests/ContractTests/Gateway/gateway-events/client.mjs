// Follows /api/v1/alerts/stream with the npm package eventsource and prints the alerts' ids.
import EventSource from 'eventsource'

const [url, wanted] = [process.argv[2], Number(process.argv[3])]
const got = []
const source = new EventSource(url)
source.onopen = () => console.log('open')
source.addEventListener('alert', event => {
  const alert = JSON.parse(event.data)
  if (!/^\d+-\d+$/.test(event.lastEventId)) throw new Error(`no id to resume from: ${event.lastEventId}`)
  got.push(alert.id)
  if (got.length === wanted) {
    console.log(`alerts ${got.join(' ')}`)
    source.close()
  }
})
