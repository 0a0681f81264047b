// Node-RED's settings of a test: reached only from this machine, and telling on its standard output, a line of JSON
// each, what every node receives.
const { hooks } = require(process.env.NODE_RED_MODULES + '/@node-red/util');

hooks.add('onReceive.tell', ({ destination, msg }) => {
  const { topic, payload } = msg;
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  console.log(JSON.stringify({ node: destination.node.name, topic, text }));
});

module.exports = {
  uiHost: '127.0.0.1',
  uiPort: 1880,
  flowFile: 'flows.json',
  credentialSecret: 'there are none',
  editorTheme: { tours: false, page: { css: __dirname + '/node-red-picture.css' } },
  telemetry: { enabled: false, updateNotification: false },
};
