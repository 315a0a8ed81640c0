// Known addresses: of BIP 173 and 350, EIP-55, the cashaddr specification, and well-known contracts and accounts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAddress, checkTxid, networkId } from "../../../helpgen/support/client/identifiers.js";

const HEX = "88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";
/** @type {[string, string][]} */
const KNOWN = [
  ["bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
  ["bitcoin", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
  ["bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
  ["bitcoin", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"],
  ["bitcoin", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"],
  ["ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
  ["bsc", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"],
  ["polygon", "0xdac17f958d2ee523a2206206994597c13d831ec7"],
  ["tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"],
  ["solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"],
  ["xrp", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"],
  ["stellar", "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7"],
  ["bitcoin-cash", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"],
  ["bitcoin-cash", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"],
  ["litecoin", "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9"],
  ["ton", "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs"],
  ["dogecoin", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L"],
  ["cosmos", "cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh"],
  ["cardano", "addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x"],
];
const WITHOUT_CHECKSUM = new Set(["solana"]);

for (const [network, address] of KNOWN) {
  test(`${network} ${address}`, () => {
    assert.ok(checkAddress(address).networks.includes(network));
    assert.ok(checkAddress(` ${address}\n`, network).ok);
    const other = network === "tron" ? "ethereum" : "tron";
    assert.deepEqual([checkAddress(address, other).ok, checkAddress(address, other).reason], [false, "chain"]);
    // One wrong letter near the end; where one case stands throughout, EIP-55 has nothing to check.
    if (WITHOUT_CHECKSUM.has(network) || address === address.toLowerCase().replace(/^0X/, "0x") && network === "polygon") return;
    const wrong = address.slice(0, -3) + (address.at(-3)?.toLowerCase() === "a" ? "e" : "a") + address.slice(-2);
    const verdict = checkAddress(wrong, network);
    assert.deepEqual([verdict.ok, verdict.reason, verdict.networks], [false, "checksum", [network]]);
  });
}

test("a transaction id names its chains", () => {
  assert.ok(checkTxid(HEX, "TRC20").ok);
  assert.ok(checkTxid(HEX.toUpperCase(), "xrp").ok);
  assert.ok(checkTxid(`0x${HEX}`, "ERC20").ok);
  const wrong = checkTxid(HEX, "erc20");
  assert.deepEqual([wrong.ok, wrong.reason], [false, "chain"]);
  assert.ok(wrong.networks.includes("tron"));
  assert.deepEqual(checkTxid(`0x${HEX}`, "bitcoin").reason, "chain");
  const solana = "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQkjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW";
  assert.deepEqual(checkTxid(solana).networks, ["solana"]);
});

test("what is cut off or something else has no shape", () => {
  for (const text of ["", "hello", HEX.slice(0, 40), `${HEX}00`, "还没有到账"]) {
    assert.deepEqual([checkTxid(text, "bitcoin").ok, checkTxid(text).reason], [false, "shape"], text);
  }
  assert.equal(checkAddress("0x123").reason, "shape");
});

test("an explorer's link gives the identifier in it", () => {
  assert.deepEqual(checkTxid(`https://explorer.example/tx/0x${HEX}?tab=logs`).value, `0x${HEX}`);
  assert.ok(checkAddress("https://scan.example/#/address/TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "trx").ok);
});

test("a chain goes by many names", () => {
  assert.deepEqual(["TRC20", "波场", "bep-20", "Solana", "nothing"].map(networkId), ["tron", "tron", "bsc", "solana", ""]);
  assert.ok(checkTxid(HEX, "a chain that nobody listed").ok);
});
