// From the assistant to a person: the ways that are open now, and everything that was said goes along.
import { stateBadge } from "./channel-state.js";
import { linkTo, say } from "./data.js";
import { make } from "./dom.js";
import { transcriptOf, valuesSaid } from "./support/conversation.js";
import { saveHandover } from "./support/handover.js";
import { routeTo } from "./support/router.js";

const WAYS = 2;

/**
 * What is handed over.
 * @param {import("./support/conversation.js").Turn[]} turns
 * @param {string} scenario
 * @param {import("./assistant-view.js").Surroundings} around
 */
export function handoverOf(turns, scenario, { data, words, support }) {
  // The reader's own disk is no address for anybody else.
  const root = data.offline ? (support?.home ?? "") : new URL(data.root, location.href).href;
  const transcript = transcriptOf(turns, (kind) => say(words, `assistant_say_${kind}`), root);
  return { scenario, transcript, fields: support ? valuesSaid(turns, support.fields) : {} };
}

/**
 * @param {() => import("./support/conversation.js").Turn[]} turns
 * @param {string} scenario
 * @param {import("./assistant-view.js").Surroundings} around
 */
export function personView(turns, scenario, around) {
  const { data, words, support } = around;
  const known = support?.scenarios.find(({ id }) => id === scenario);
  const fallback = support?.scenarios.at(-1)?.id ?? "";
  const target = known?.id ?? fallback;
  const keep = () => void saveHandover(handoverOf(turns(), target, around));
  const parts = [];
  if (data.contact) {
    const link = make("a", { class: "button", href: `${data.contact}${target ? `?scenario=${encodeURIComponent(target)}` : ""}` }, say(words, "assistant_compose"));
    link.addEventListener("click", keep);
    parts.push(link);
  }
  if (support) {
    const ids = known?.channels ?? support.channels.map(({ id }) => id);
    const ways = routeTo(support.channels, ids, data.locale, new Date()).slice(0, WAYS);
    const rows = ways.map((way) => {
      const link = make("a", { href: linkTo(data, way.channel.url) }, way.channel.name);
      link.addEventListener("click", keep);
      return make("li", {}, link, " ", stateBadge(way, data, words), make("span", { class: "said-reply" }, way.channel.reply_time));
    });
    parts.push(make("ul", { class: "said-links" }, ...rows));
  }
  return make("div", { class: "said-ways" }, ...parts);
}
