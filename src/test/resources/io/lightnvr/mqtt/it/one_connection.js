// A Node program that holds one connection: one_connection.js PORT. A line "N" on its input makes it publish N messages
// of 629 bytes, 20 at once, as the bridge does; it says "done" then.
const readline = require('readline');
const client = require('mqtt').connect(`mqtt://localhost:${process.argv[2]}`, { protocolVersion: 5, clientId: 'node' });
const payload = 'x'.repeat(629);
client.on('connect', () => console.log('connected'));
readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  let left = Number(line);
  const publish = async () => {
    while (left-- > 0) await client.publishAsync('node/detections/front_door', payload, { qos: 1 });
  };
  await Promise.all(Array.from({ length: 20 }, publish));
  console.log('done');
});
