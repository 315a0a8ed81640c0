// The chains whose addresses and transaction ids can be checked. A chain more is a row more.
//
// A row says what an identifier looks like at a glance (`looks`), its length in bytes where letters do not show it
// (`fits`) and, where the chain has a checksum, how to prove it (`proof`). A glance takes letters in that the alphabet
// leaves out: a typing error must be named as one, not as another chain.
import { keccak256 } from "./digests.js";
import { RIPPLE, fromBase58, fromBase58Check, fromBech32, fromStrkey, isCashAddress, isTonAddress, regroup } from "./encodings.js";

/**
 * @typedef {{ looks: RegExp, fits?: (text: string) => boolean, proof?: (text: string) => boolean }} Form
 * @typedef {object} Network
 * @property {string} id
 * @property {string[]} names  how people and exchanges call it, in lower case
 * @property {Form[]} txid
 * @property {Form[]} address
 */

const HEX = /^[0-9a-f]{64}$/i;
const HEX_0X = /^0x[0-9a-f]{64}$/i;

/** @param {...number} versions */
const base58 = (...versions) => (/** @type {string} */ text) => {
  const bytes = fromBase58Check(text);
  return bytes !== null && bytes.length === 21 && versions.includes(bytes[0]);
};

/** @param {number} length  bytes */
const bytes58 = (length) => (/** @type {string} */ text) => fromBase58(text)?.length === length;

/** @param {string} prefix */
const segwit = (prefix) => (/** @type {string} */ text) => {
  const found = fromBech32(text);
  if (found?.prefix !== prefix) return false;
  const [version, ...words] = found.words;
  const length = regroup(words, 5, 8).length;
  // BIP 350: version 0 keeps the old checksum, and its programs have 20 or 32 bytes.
  return version === 0 ? !found.modified && (length === 20 || length === 32) : found.modified && version <= 16 && length >= 2 && length <= 40;
};

/** @param {string} prefix */
const bech32 = (prefix) => (/** @type {string} */ text) => fromBech32(text)?.prefix === prefix;

/**
 * EIP-55: the case of each letter is a bit of the hash of the address. One case throughout says nothing, and passes.
 * @param {string} text
 */
function eip55(text) {
  const digits = text.slice(2);
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hash = keccak256(new TextEncoder().encode(lower));
  return [...digits].every((digit, i) => {
    const upper = ((hash[i >> 1] >> (i % 2 ? 0 : 4)) & 15) > 7;
    return digit === (upper ? digit.toUpperCase() : digit.toLowerCase());
  });
}

/** @type {Pick<Network, "txid" | "address">} */
const EVM = { txid: [{ looks: HEX_0X }], address: [{ looks: /^0x[0-9a-z]{40}$/i, proof: (text) => /^0x[0-9a-f]{40}$/i.test(text) && eip55(text) }] };

/** @param {string} prefix @returns {Pick<Network, "txid" | "address">} */
const cosmos = (prefix) => ({
  txid: [{ looks: HEX }],
  address: [{ looks: COSMOS_LOOKS[prefix], proof: bech32(prefix) }],
});

/** @type {Record<string, RegExp>} */
const COSMOS_LOOKS = {
  cosmos: /^cosmos1[0-9a-z]{38}([0-9a-z]{20})?$/i,
  osmo: /^osmo1[0-9a-z]{38}([0-9a-z]{20})?$/i,
  celestia: /^celestia1[0-9a-z]{38}([0-9a-z]{20})?$/i,
  inj: /^inj1[0-9a-z]{38}$/i,
};

/** @type {Network[]} */
export const NETWORKS = [
  {
    id: "bitcoin",
    names: ["btc", "bitcoin", "比特币", "segwit", "btc-segwit"],
    txid: [{ looks: HEX }],
    address: [
      { looks: /^[13][0-9A-Za-z]{25,33}$/, proof: base58(0x00, 0x05) },
      { looks: /^bc1[0-9a-z]{11,71}$/i, proof: segwit("bc") },
    ],
  },
  { id: "ethereum", names: ["eth", "ethereum", "erc20", "erc-20", "evm", "以太坊"], ...EVM },
  { id: "bsc", names: ["bsc", "bnb", "bep20", "bep-20", "bnb smart chain", "binance smart chain", "币安智能链"], ...EVM },
  { id: "polygon", names: ["polygon", "matic", "pol"], ...EVM },
  { id: "arbitrum", names: ["arbitrum", "arbitrum one", "arb"], ...EVM },
  { id: "optimism", names: ["optimism", "op", "op mainnet"], ...EVM },
  { id: "base", names: ["base"], ...EVM },
  { id: "avalanche", names: ["avalanche", "avax", "avaxc", "avax c-chain", "avalanche c-chain"], ...EVM },
  {
    id: "tron",
    names: ["trx", "tron", "trc20", "trc-20", "波场"],
    txid: [{ looks: HEX }],
    address: [{ looks: /^T[0-9A-Za-z]{33}$/, proof: base58(0x41) }],
  },
  {
    id: "solana",
    names: ["sol", "solana", "spl"],
    txid: [{ looks: /^[1-9A-HJ-NP-Za-km-z]{64,88}$/, fits: bytes58(64) }],
    address: [{ looks: /^[1-9A-HJ-NP-Za-km-z]{32,44}$/, fits: bytes58(32) }],
  },
  {
    id: "litecoin",
    names: ["ltc", "litecoin", "莱特币"],
    txid: [{ looks: HEX }],
    address: [
      { looks: /^[LM3][0-9A-Za-z]{25,33}$/, proof: base58(0x30, 0x32, 0x05) },
      { looks: /^ltc1[0-9a-z]{11,71}$/i, proof: segwit("ltc") },
    ],
  },
  {
    id: "dogecoin",
    names: ["doge", "dogecoin", "狗狗币"],
    txid: [{ looks: HEX }],
    address: [{ looks: /^[DA9][0-9A-Za-z]{25,33}$/, proof: base58(0x1e, 0x16) }],
  },
  {
    id: "bitcoin-cash",
    names: ["bch", "bitcoin cash", "bitcoin-cash"],
    txid: [{ looks: HEX }],
    address: [
      { looks: /^bitcoincash:[0-9a-z]{42}$/i, proof: isCashAddress },
      { looks: /^[qp][0-9a-z]{41}$/i, proof: isCashAddress },
      { looks: /^[13][0-9A-Za-z]{25,33}$/, proof: base58(0x00, 0x05) },
    ],
  },
  {
    id: "xrp",
    names: ["xrp", "ripple", "xrpl", "瑞波"],
    txid: [{ looks: HEX }],
    address: [
      { looks: /^r[0-9A-Za-z]{24,34}$/, proof: (text) => fromBase58Check(text, RIPPLE)?.length === 21 },
      { looks: /^X[0-9A-Za-z]{46}$/, proof: (text) => fromBase58Check(text, RIPPLE)?.length === 31 },
    ],
  },
  {
    id: "stellar",
    names: ["xlm", "stellar", "恒星币"],
    txid: [{ looks: HEX }],
    address: [
      { looks: /^G[0-9A-Za-z]{55}$/, proof: (text) => fromStrkey(text) !== null },
      { looks: /^M[0-9A-Za-z]{68}$/, proof: (text) => fromStrkey(text) !== null },
    ],
  },
  {
    id: "cardano",
    names: ["ada", "cardano", "艾达币"],
    txid: [{ looks: HEX }],
    address: [
      { looks: /^addr1[0-9a-z]{50,110}$/i, proof: bech32("addr") },
      { looks: /^(Ae2|DdzFF)[1-9A-HJ-NP-Za-km-z]{50,110}$/ },
    ],
  },
  {
    id: "ton",
    names: ["ton", "toncoin", "the open network"],
    txid: [{ looks: HEX }, { looks: /^[A-Za-z0-9+/_-]{43}=$/ }],
    address: [{ looks: /^[EUk0][Qf][A-Za-z0-9+/_-]{46}$/, proof: isTonAddress }, { looks: /^(0|-1):[0-9a-f]{64}$/i }],
  },
  { id: "polkadot", names: ["dot", "polkadot", "波卡"], txid: [{ looks: HEX_0X }], address: [{ looks: /^1[1-9A-HJ-NP-Za-km-z]{45,47}$/, fits: bytes58(35) }] },
  { id: "cosmos", names: ["atom", "cosmos", "cosmos hub"], ...cosmos("cosmos") },
  { id: "osmosis", names: ["osmo", "osmosis"], ...cosmos("osmo") },
  { id: "celestia", names: ["tia", "celestia"], ...cosmos("celestia") },
  { id: "injective", names: ["inj", "injective"], ...cosmos("inj") },
  { id: "aptos", names: ["apt", "aptos"], txid: [{ looks: HEX_0X }], address: [{ looks: HEX_0X }] },
  {
    id: "sui",
    names: ["sui"],
    txid: [{ looks: /^[1-9A-HJ-NP-Za-km-z]{43,44}$/, fits: bytes58(32) }],
    address: [{ looks: HEX_0X }],
  },
  {
    id: "near",
    names: ["near", "near protocol"],
    txid: [{ looks: /^[1-9A-HJ-NP-Za-km-z]{43,44}$/, fits: bytes58(32) }],
    address: [{ looks: /^[a-z0-9_-]{2,58}\.near$/ }, { looks: HEX }],
  },
  { id: "monero", names: ["xmr", "monero", "门罗币"], txid: [{ looks: HEX }], address: [{ looks: /^[48][1-9A-HJ-NP-Za-km-z]{94}$/ }] },
];
