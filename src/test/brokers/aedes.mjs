// An aedes broker on a port of the loopback: aedes.mjs MODULE PORT
import net from "node:net";

const { Aedes } = await import(process.argv[2]);
const broker = await Aedes.createBroker();
net.createServer(broker.handle).listen(Number(process.argv[3]), "127.0.0.1");
