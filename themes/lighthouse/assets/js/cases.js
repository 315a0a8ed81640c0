// What was sent, kept on this device: a card for each message, with its dates.
import { saveFile } from "./composer-send.js";
import { loadLateWords, say } from "./data.js";
import { make } from "./dom.js";
import { recall, remember } from "./store.js";
import { calendarEntry } from "./support/case.js";

/** @typedef {import("./support/case.js").Case} Case */

const NAME = "cases";
const KEPT = 30;

/** @returns {Case[]} newest first */
export function readCases() {
  try {
    const found = JSON.parse(recall(NAME) ?? "[]");
    const names = ["id", "scenario", "channel", "to", "subject", "body", "sent", "usual", "again"];
    return Array.isArray(found) ? found.filter((one) => names.every((name) => typeof one?.[name] === "string")) : [];
  } catch {
    return [];
  }
}

/** @param {Case} kept */
export function keepCase(kept) {
  remember(NAME, JSON.stringify([kept, ...readCases()].slice(0, KEPT)));
}

/**
 * The page of what was sent.
 * @param {HTMLElement} place
 * @param {import("./data.js").PageData} data
 */
export async function startCases(place, data) {
  const words = await loadLateWords(data);
  const status = make("p", { role: "status", class: "hidden" });
  const list = make("div", { class: "cases" });
  const draw = () => {
    const cases = readCases();
    list.replaceChildren(...cases.map((kept) => card(kept)));
    if (cases.length === 0) list.append(make("p", { class: "message" }, say(words, "case_empty")));
  };

  /** @param {Case} kept */
  const card = (kept) => {
    const rows = [
      ["case_sent", moment(kept.sent, data)],
      ["case_by", [kept.channel, kept.to].filter(Boolean).join(" · ")],
      ["case_usual", moment(kept.usual, data)],
      ["case_again", moment(kept.again, data)],
    ].filter(([, text]) => text);
    const facts = make("dl", {}, ...rows.map(([name, text]) => make("div", {}, make("dt", {}, say(words, name)), make("dd", {}, text))));
    const text = make("details", {}, make("summary", {}, say(words, "case_show")), make("pre", {}, kept.body));
    const buttons = make("p", { class: "way-buttons" });
    if (kept.again) {
      buttons.append(
        button("case_calendar", () => {
          const summary = say(words, "case_reminder", { subject: kept.subject });
          saveFile("reminder.ics", "text/calendar", calendarEntry(kept, summary, location.hostname));
        }),
      );
    }
    buttons.append(
      button("case_print", () => {
        text.setAttribute("open", "");
        print();
      }),
      button("case_delete", () => {
        remember(NAME, JSON.stringify(readCases().filter(({ id }) => id !== kept.id)));
        status.textContent = say(words, "case_deleted");
        draw();
        const next = list.querySelector("button, .message");
        if (next instanceof HTMLElement) {
          next.tabIndex = next.matches("button") ? 0 : -1;
          next.focus();
        }
      }),
    );
    const heading = make("h2", {}, kept.subject || kept.scenario);
    return make("article", { class: "case" }, heading, facts, text, buttons);
  };

  /** @param {string} name @param {() => void} act */
  const button = (name, act) => {
    const element = make("button", { type: "button", class: "button quiet" }, say(words, name));
    element.addEventListener("click", act);
    return element;
  };
  draw();
  // In the room of what the page said before anybody looked.
  place.replaceChildren(status, list);
}

/**
 * @param {string} iso
 * @param {import("./data.js").PageData} data
 */
function moment(iso, data) {
  const date = new Date(iso);
  return iso && !Number.isNaN(date.getTime()) ? new Intl.DateTimeFormat(data.locale, { dateStyle: "medium", timeStyle: "short" }).format(date) : "";
}
