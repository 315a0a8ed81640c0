import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { test } from "node:test";
import { keccak256, sha256, sha512 } from "../../../helpgen/support/client/digests.js";
import { isKeyPair, mayBeSignature } from "../../../helpgen/support/client/ed25519.js";

const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString("hex");
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

test("SHA-256 and SHA-512 are Node's, at every length around a block", () => {
  for (let length = 0; length < 300; length += 1) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);
    assert.equal(hex(sha256(data)), createHash("sha256").update(data).digest("hex"), `${length}`);
    if (length % 5 === 0) assert.equal(hex(sha512(data)), createHash("sha512").update(data).digest("hex"), `${length}`);
  }
});

test("Keccak-256 gives the hashes that Ethereum is known by", () => {
  // The hash of nothing (Yellow Paper), and of the event of every ERC-20 transfer.
  assert.equal(hex(keccak256(new Uint8Array())), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  const event = new TextEncoder().encode("Transfer(address,address,uint256)");
  assert.equal(hex(keccak256(event)), "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
});

test("a key pair and a signature are told apart", () => {
  for (let i = 0; i < 12; i += 1) {
    const seed = createHash("sha256").update(`seed ${i}`).digest();
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
    const open = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
    const signature = sign(null, Buffer.from(`message ${i}`), key);
    assert.ok(isKeyPair(Buffer.concat([seed, open])));
    assert.ok(!isKeyPair(signature));
    assert.ok(mayBeSignature(signature));
  }
});
