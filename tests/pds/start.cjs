// A PDS and the directory of its accounts, both real, on loopback and in memory or a folder that the caller removes.
// Not for anything but tests: whoever asks gets an account, and nothing leaves this machine.
//
//     node start.cjs FOLDER PDS_PORT DIRECTORY_PORT
//
// Says "ready" on its standard output once it answers; it ends when its standard input does, or on SIGTERM.
"use strict";
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const { randomBytes } = require("node:crypto");

const [folder, pdsPort, directoryPort] = process.argv.slice(2);

// Both servers name no host when they listen, which would be every address of the machine.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof rest[0] === "string" ? listen.call(this, port, ...rest) : listen.call(this, port, "127.0.0.1", ...rest);
};

const { PDS, envToCfg, envToSecrets } = require("@atproto/pds");
const { PlcServer, Database } = require("@did-plc/server");
const { Secp256k1Keypair } = require("@atproto/crypto");

async function main() {
  const directory = PlcServer.create({ db: Database.mock(), port: Number(directoryPort) });
  await directory.start();
  const [rotation, recovery] = [
    await Secp256k1Keypair.create({ exportable: true }),
    await Secp256k1Keypair.create(),
  ];
  const blobs = path.join(folder, "blobs");
  fs.mkdirSync(blobs, { recursive: true });
  const settings = {
    devMode: true,
    port: Number(pdsPort),
    hostname: "localhost",
    dataDirectory: folder,
    blobstoreDiskLocation: blobs,
    didPlcUrl: `http://localhost:${directoryPort}`,
    recoveryDidKey: recovery.did(),
    plcRotationKeyK256PrivateKeyHex: Buffer.from(await rotation.export()).toString("hex"),
    adminPassword: randomBytes(12).toString("hex"),
    jwtSecret: randomBytes(16).toString("hex"),
    serviceHandleDomains: [".test"],
    inviteRequired: false,
    bskyAppViewUrl: "https://appview.invalid",
    bskyAppViewDid: "did:example:invalid",
    disableSsrfProtection: true,
    crawlers: [],
    rateLimitsEnabled: false,
  };
  const server = await PDS.create(envToCfg(settings), envToSecrets(settings));
  await server.start();
  const stop = async () => {
    await server.destroy();
    await directory.destroy();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.stdin.on("end", stop).resume();
  console.log("ready");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
