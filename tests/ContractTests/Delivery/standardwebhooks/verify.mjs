// Arguments: a secret, and a JSON text {id, timestamp, signature, body}. Prints what the library says.
import { Webhook } from 'standardwebhooks';

const [secret, text] = process.argv.slice(2);
const { id, timestamp, signature, body } = JSON.parse(text);
try {
  const data = new Webhook(secret).verify(body, {
    'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature,
  });
  console.log(`accepted ${data.type}`);
} catch (error) {
  console.log(`refused ${error.message}`);
}
