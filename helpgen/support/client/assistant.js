/**
 * What the assistant says to a question. It never makes up a sentence of an answer: it quotes passages that the search
 * finds, says how sure it is by what it shows, and knows when a person is needed. No DOM, no storage, no network of its own.
 *
 * 1. `understand`: is this a cry for help, a wish for a person, a greeting, or a question?
 * 2. `look`: the search is asked with the whole text, then with its sentences if that is not certain.
 * 3. `respond`: danger first, whether the search can be asked or not; then one certain answer, or a question back when two
 *    kinds of trouble fit, or a few articles that come near, or nothing.
 * 4. `respondAgain`: the answer did not help: the next best that was not shown yet, the troubleshooter, or a person.
 *
 * @typedef {import("../../search/client/engine.js").Hit} Hit
 * @typedef {import("../../search/client/engine.js").Answer} Answer
 * @typedef {{key: string, title: string, url: string}} Article  `key` is category/slug
 * @typedef {{id: string, name: Record<string, string>, urgency: string, articles: Article[], guide: Article | null}} Scenario
 * @typedef {{locale: string, scenarios: Scenario[], danger: {freeze: string[], scenario: string} | null}} Support
 * @typedef {{
 *   answer: (query: string) => Promise<Answer | null>,
 *   search: (query: string, options: {limit: number}) => Promise<{hits: Hit[]} | null>,
 * }} Search
 * @typedef {"danger" | "answer" | "clarify" | "perhaps" | "nothing" | "person" | "hello" | "thanks" | "guide"} Kind
 * @typedef {object} Reply
 * @property {Kind} kind
 * @property {Answer | null} answer     what is quoted: with kind "answer", and in danger if it is certain
 * @property {Hit[]} hits               articles to look at, best first
 * @property {Article[]} articles       more of them, which no search had to find
 * @property {Scenario[]} scenarios     the choices of a question back
 * @property {string} scenario          the kind of trouble that this is about, "" = unknown
 * @property {Article | null} guide     the troubleshooter for it
 * @property {boolean} risk             whether what was found is about danger, though nobody cried for help
 */

import { hasDanger } from "./assistant-danger.js";
import { isGreeting, isOneWord, isThanks, matterOf, sentencesOf, wantsPerson, withoutManners } from "./assistant-words.js";

const SHOWN = 3;
const LOOKED_AT = 10;
// From this confidence of the search on, the passage is quoted as the answer. Lower than the answer box of the results page
// asks for: here the next sentence is "did that help?". SURE and NEAR are fitted on the odd questions of tests/support/questions.
const SURE = 0.48;
// Below this nearness, what was found has hardly a word in common with the question.
const NEAR = 0.2;
const NEAR_FIT = 0.8;
const NEAR_TITLE = 0.2;
// Two kinds of trouble fit alike if the second one's best article has at least this share of the first one's score.
const ALIKE = 0.8;
// A passage is quoted from here on even if an article of another kind of trouble comes as near.
const BEYOND_DOUBT = 0.62;
const SENTENCES = 3;
// Milliseconds that somebody in danger waits for the search, which has least to say to them.
const PATIENCE = 1500;

/** @type {Reply} */
const EMPTY = { kind: "nothing", answer: null, hits: [], articles: [], scenarios: [], scenario: "", guide: null, risk: false };

/**
 * @param {string} text
 * @returns {{kind: "danger" | "person" | "hello" | "thanks" | "question", text: string}}
 */
export function understand(text) {
  const core = withoutManners(text);
  if (hasDanger(text)) return { kind: "danger", text: core || text };
  if (wantsPerson(text)) return { kind: "person", text: core };
  if (!core && isThanks(text)) return { kind: "thanks", text: "" };
  if (!core && isGreeting(text)) return { kind: "hello", text: "" };
  return { kind: "question", text: core || text };
}

/**
 * @param {string} text
 * @param {Search} search
 * @param {Support | null} support
 * @returns {Promise<Reply>}
 */
export async function respond(text, search, support) {
  const { kind, text: question } = understand(text);
  if (kind === "hello" || kind === "thanks" || kind === "person") return { ...EMPTY, kind };
  const crisis = crisisOf(support);
  // The name of that scenario is on a button, in words that its author chose.
  if (support?.danger && (kind === "danger" || Object.values(crisis?.name ?? {}).includes(text))) {
    const hits = await lookInHaste(question, search);
    const articles = hits.length > 0 || !crisis ? [] : [...(crisis.guide ? [crisis.guide] : []), ...crisis.articles].slice(0, SHOWN);
    return { ...EMPTY, kind: "danger", hits, articles, scenario: support.danger.scenario, guide: crisis?.guide ?? null };
  }
  const { answer, hits } = await look(question, search);
  const reply = decide(question, answer, hits, support);
  return { ...reply, risk: reply.kind !== "nothing" && isAboutDanger(hits.slice(0, SHOWN), support) };
}

/**
 * The best articles; none where the search fails or is slow: nothing may keep the way to freeze the account back.
 * @param {string} question
 * @param {Search} search
 * @returns {Promise<Hit[]>}
 */
async function lookInHaste(question, search) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = /** @type {Promise<{hits: Hit[]}>} */ (new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE, { hits: [] }))));
  const found = look(question, search).catch(() => ({ hits: [] }));
  const { hits } = await Promise.race([found, late]);
  clearTimeout(timer);
  return hits.slice(0, SHOWN);
}

/** The scenario of somebody in danger. @param {Support | null} support */
function crisisOf(support) {
  return support?.scenarios.find(({ id }) => id === support.danger?.scenario);
}

/**
 * People cry for help in more words than anybody can list; what they say still finds the articles about danger.
 * @param {Hit[]} hits
 * @param {Support | null} support
 */
function isAboutDanger(hits, support) {
  const scenario = crisisOf(support);
  const keys = new Set([...(scenario?.articles ?? []), ...(scenario?.guide ? [scenario.guide] : [])].map(({ key }) => key));
  return hits.some((hit) => keys.has(articleKey(hit)));
}

/**
 * @param {string} question
 * @param {Answer | null} answer
 * @param {Hit[]} hits
 * @param {Support | null} support
 * @returns {Reply}
 */
export function decide(question, answer, hits, support) {
  if (!answer || hits.length === 0 || nearness(answer) < NEAR) return EMPTY;
  // The best article may belong to no kind of trouble; its neighbours then say what this is about.
  const scenario = hits.slice(0, SHOWN).map((hit) => scenarioOf(hit, support)?.id).find(Boolean) ?? "";
  const guide = guideOf(scenario, support);
  const others = hits.filter((hit) => hit.key !== answer.hit.key).slice(0, SHOWN - 1);
  // One word names a subject; what is asked about it cannot be known.
  if (isSure(answer) && !isOneWord(question)) {
    // "It has not arrived": a deposit or a withdrawal? Better asked than guessed.
    const both = twoSided(answer, hits, support);
    if (both.length > 1) return { ...EMPTY, kind: "clarify", hits: hits.slice(0, SHOWN), scenarios: both };
    return { ...EMPTY, kind: "answer", answer, hits: others, scenario, guide };
  }
  const scenarios = fitting(hits, support);
  const shown = hits.slice(0, SHOWN);
  if (scenarios.length > 1) return { ...EMPTY, kind: "clarify", hits: shown, scenarios };
  return { ...EMPTY, kind: "perhaps", hits: shown, scenario, guide };
}

/**
 * After "that did not help".
 * @param {string} text            the question again
 * @param {Set<string>} shown      keys of the articles that were shown for it
 * @param {string} scenario        the kind of trouble so far, "" = unknown
 * @param {Search} search
 * @param {Support | null} support
 * @returns {Promise<Reply>}
 */
export async function respondAgain(text, shown, scenario, search, support) {
  const guide = guideOf(scenario, support);
  if (guide && !shown.has(guide.key)) return { ...EMPTY, kind: "guide", scenario, guide };
  const { hits } = await look(understand(text).text, search);
  const fresh = hits.filter((hit) => !shown.has(articleKey(hit)));
  if (fresh.length > 0) return { ...EMPTY, kind: "perhaps", hits: fresh.slice(0, SHOWN), scenario };
  return { ...EMPTY, kind: "person", scenario };
}

/**
 * After the answer to a question back: the best article of that kind of trouble, its troubleshooter, and what else fits.
 * @param {string} text
 * @param {string} scenario
 * @param {Search} search
 * @param {Support | null} support
 * @returns {Promise<Reply>}
 */
export async function respondWithin(text, scenario, search, support) {
  const chosen = support?.scenarios.find((one) => one.id === scenario);
  if (!chosen) return EMPTY;
  const keys = chosen.articles.map((article) => article.key);
  const { hits } = await look(`${understand(text).text} ${chosen.name[support?.locale ?? ""] ?? ""}`, search);
  const inside = hits.filter((hit) => keys.includes(articleKey(hit)) || articleKey(hit) === chosen.guide?.key);
  return { ...EMPTY, kind: "perhaps", hits: (inside.length > 0 ? inside : hits).slice(0, SHOWN), scenario, guide: chosen.guide };
}

/** The key of a hit's article without its language: category/slug. @param {Hit} hit */
export function articleKey(hit) {
  return hit.key.slice(hit.key.indexOf("/") + 1);
}

/**
 * The whole text first; if that is not certain, its sentences, of which the surest may win.
 * @param {string} text
 * @param {Search} search
 * @returns {Promise<{answer: Answer | null, hits: Hit[]}>}
 */
async function look(text, search) {
  const whole = await ask(matterOf(text), search);
  if (whole.answer && isSure(whole.answer)) return whole;
  const parts = new Set([text, ...sentencesOf(text).slice(0, SENTENCES)].map((part) => matterOf(withoutManners(part) || part)));
  parts.delete(matterOf(text));
  let best = whole;
  for (const words of parts) {
    const part = await ask(words, search);
    if ((part.answer?.confidence ?? 0) > (best.answer?.confidence ?? 0)) best = part;
  }
  // What the whole text finds stays on the list: a sentence alone may have lost what it is about.
  const seen = new Set();
  const hits = [...best.hits.slice(0, 2), ...whole.hits, ...best.hits].filter((hit) => !seen.has(hit.key) && seen.add(hit.key));
  return { answer: best.answer, hits };
}

/** @param {Answer} answer */
function isSure(answer) {
  return answer.blocks.length > 0 && answer.confidence >= SURE;
}

/** How much of the question the article has, from 0 to 1; unlike the confidence, not how far it is ahead of the next. @param {Answer} answer */
function nearness({ evidence }) {
  return NEAR_FIT * evidence.fit + NEAR_TITLE * evidence.title;
}

/**
 * @param {string} text
 * @param {Search} search
 */
async function ask(text, search) {
  const [answer, results] = [await search.answer(text), await search.search(text, { limit: LOOKED_AT })];
  return { answer, hits: results?.hits ?? [] };
}

/**
 * @param {Hit} hit
 * @param {Support | null} support
 */
function scenarioOf(hit, support) {
  const key = articleKey(hit);
  return (
    support?.scenarios.find((scenario) => scenario.articles[0]?.key === key || scenario.guide?.key === key) ??
    support?.scenarios.find((scenario) => scenario.articles.some((article) => article.key === key))
  );
}

/**
 * @param {string} scenario
 * @param {Support | null} support
 */
function guideOf(scenario, support) {
  return support?.scenarios.find((one) => one.id === scenario)?.guide ?? null;
}

/**
 * The two kinds of trouble of the best two articles, where a sure answer could be that of either; else none.
 * @param {Answer} answer
 * @param {Hit[]} hits
 * @param {Support | null} support
 */
function twoSided(answer, hits, support) {
  if (answer.confidence >= BEYOND_DOUBT || hits.length < 2 || hits[1].score < ALIKE * hits[0].score) return [];
  const [one, two] = [scenarioOf(hits[0], support), scenarioOf(hits[1], support)];
  return one && two && one !== two && one.urgency !== "danger" && two.urgency !== "danger" ? [one, two] : [];
}

/**
 * The kinds of trouble whose best articles have nearly the same score; at most three, best first.
 * @param {Hit[]} hits
 * @param {Support | null} support
 */
function fitting(hits, support) {
  /** @type {Scenario[]} */
  const found = [];
  for (const hit of hits) {
    if (hit.score < ALIKE * hits[0].score) break;
    const scenario = scenarioOf(hit, support);
    // An article that belongs to no kind of trouble answers something else: then a question back would lead astray.
    if (!scenario) return [];
    if (!found.includes(scenario)) found.push(scenario);
  }
  return found.slice(0, SHOWN);
}
