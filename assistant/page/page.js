// Follows a citation to the words it cites, also in the sources of an earlier answer.
(() => {
  "use strict";
  const remembered = new Map(); // an answer's key -> its panel, as the server drew it
  let latest = null; // the key of the panel the server drew last
  let cited = null; // the citation that was followed last

  const find = (selector) => document.querySelector(selector);

  // Gradio translates the labels and leaves them running from left to right.
  if (/^(ar|fa|he|ur)\b/.test(navigator.language)) document.documentElement.dir = "rtl";

  // What the server draws around quotations, in the reader's language; "#" stands for a number.
  const words = SAID[navigator.language.split("-")[0]] ?? {};
  const said = (text) => {
    const numbers = text.match(/\d[\d,]*/g) ?? [];
    return words[text.replace(/\d[\d,]*/g, "#")]?.replace(/#/g, () => numbers.shift()) ?? text;
  };
  const DRAWN =
    "#chat .copy, #chat summary, #chat .nearest > p, #chat .working > li, #back, " +
    "#side h2, #side .note, #side .at, #side .copy, #side .tools > a, #side header a, " +
    "#articles .note, #articles th";
  const translate = () => {
    for (const one of document.querySelectorAll(DRAWN)) {
      const text = said(one.textContent);
      if (!one.childElementCount && text !== one.textContent) one.textContent = text;
    }
    for (const one of document.querySelectorAll("#side [aria-label], #slash [aria-label]")) {
      one.ariaLabel = said(one.ariaLabel);
    }
    for (const one of document.querySelectorAll("#chat .copy")) one.title = said(one.title);
  };

  const showEarlier = (panel) => {
    const place = find("#earlier-sources");
    place?.replaceChildren(...(panel ? [panel] : []));
    document.body.classList.toggle("earlier", Boolean(panel));
  };

  // A new question goes to the top of the conversation, and its answer grows below it, the most
  // direct quotation in sight; unless the reader scrolls meanwhile.
  let questions = 0;
  let following = false;
  const keepInSight = () => {
    const rows = document.querySelectorAll("#chat .user-row");
    if (rows.length > questions) following = true;
    questions = rows.length;
    if (!following || !questions) return;
    const row = rows[questions - 1];
    const box = find("#chat .bubble-wrap");
    box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - 12;
  };
  for (const kind of ["wheel", "touchmove", "pointerdown"]) {
    document.addEventListener(kind, () => (following = false), { passive: true });
  }

  // Until the first step of an answer comes, two turns of gradio's later: what is being done.
  const showWaiting = () => {
    const rows = document.querySelectorAll("#chat :is(.user-row, .bot-row)");
    const waiting = rows[rows.length - 1]?.matches(".user-row") && find("#talk .stop-button");
    const place = rows[rows.length - 1]?.parentElement;
    for (const one of document.querySelectorAll("#chat [data-waiting]")) {
      if (!waiting || one !== place) delete one.dataset.waiting;
    }
    if (waiting && !place.dataset.waiting) place.dataset.waiting = said("Searching");
  };

  // The address names the conversation, so that a reload finds it again.
  const name = () => {
    const id = find("#talk-id")?.dataset.id;
    const place = new URL(window.location);
    if (id === undefined || id === (place.searchParams.get("conversation") ?? "")) return;
    place.search = id ? `?conversation=${encodeURIComponent(id)}` : "";
    window.history.replaceState(window.history.state, "", place);
  };

  // The server draws one panel, of its latest answer: keep each, so that older citations lead on.
  const notice = () => {
    keepInSight();
    showWaiting();
    name();
    find("#side")?.setAttribute("role", "complementary");
    const toggle = find("#talks .toggle-button"); // gradio calls it "Toggle Sidebar"
    if (toggle && toggle.ariaLabel !== said("Conversations")) {
      toggle.ariaLabel = said("Conversations");
    }
    const question = find("#talk textarea");
    if (question && !question.placeholder) question.placeholder = said("Ask a further question");
    // Gradio leaves the parts of a day without names.
    for (const one of document.querySelectorAll(".timebox:not([data-named])")) {
      const label = one.closest(".block").querySelector('[data-testid="block-info"]');
      one.querySelector("input").ariaLabel = label.textContent.trim();
      one.querySelector("button").ariaLabel = said("Choose a day");
      one.dataset.named = "";
    }
    // Gradio names each answer by its whole HTML, which no one wants to hear.
    for (const answer of document.querySelectorAll('#chat [data-testid="bot"]')) {
      if (answer.ariaLabel !== said("Answer")) answer.ariaLabel = said("Answer");
    }
    takePanels();
    translate();
  };

  const takePanels = () => {
    const panels = [...document.querySelectorAll("#sources .sources")];
    if (!panels.length) return;
    for (const one of panels) {
      const name = one.dataset.answer ?? "";
      if (name && !remembered.has(name)) remembered.set(name, one.cloneNode(true));
    }
    // Of a conversation that is restored the earlier panels come along, hidden.
    const panel = panels.pop();
    for (const one of panels) one.remove();
    const key = panel.dataset.answer ?? "";
    if (key === latest) return;
    latest = key;
    showEarlier(null);
    read(beside.matches && Boolean(panel.querySelector("mark")));
  };

  const bring = (id) => {
    const key = id.split("-")[0];
    if (key === latest) {
      showEarlier(null);
    } else if (remembered.has(key)) {
      const panel = remembered.get(key).cloneNode(true);
      panel.querySelector("h2").append(" of an earlier answer");
      showEarlier(panel);
    }
    return document.getElementById(id);
  };

  const follow = (id) => {
    const start = bring(id);
    if (!start) return;
    read(true);
    for (const tools of document.querySelectorAll("#side .tools")) {
      tools.hidden = tools.dataset.quote !== id;
    }
    for (let at = start; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    for (const mark of document.querySelectorAll("#side mark")) {
      mark.classList.toggle("current", mark.dataset.quote.split(" ").includes(id));
    }
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    start.focus({ preventScroll: true });
    start.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };

  const goBack = () => {
    if (!cited?.isConnected) return;
    cited.focus({ preventScroll: true });
    cited.scrollIntoView({ block: "center" });
  };

  // The reader of sources stands beside the talk where there is room, else over it when asked for.
  const beside = window.matchMedia("(min-width: 68.75rem)");
  const read = (open) => document.body.classList.toggle("reading", open);
  beside.addEventListener("change", () => !beside.matches && read(false));
  const widen = (width) => {
    document.body.style.setProperty("--reader", `${width}px`);
    find("#grip")?.setAttribute("aria-valuenow", Math.round(width));
    localStorage.setItem("reader", width);
  };
  if (Number(localStorage.getItem("reader"))) {
    document.addEventListener("DOMContentLoaded", () => widen(localStorage.getItem("reader")));
  }
  const wide = () => find("#side").getBoundingClientRect().width;
  const outwards = () => (document.documentElement.dir === "rtl" ? 1 : -1);
  const drag = (event) => {
    if (!event.target.closest("#grip")) return;
    const [from, width] = [event.clientX, wide()];
    const move = (now) => widen(width + outwards() * (now.clientX - from));
    const end = () => document.removeEventListener("pointermove", move);
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end, { once: true });
    event.preventDefault();
  };
  document.addEventListener("pointerdown", drag);
  const STEP = 32; // pixels
  const step = (event) => {
    const way = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (!way || event.target.id !== "grip") return;
    widen(wide() - way * outwards() * STEP);
    event.preventDefault();
  };
  document.addEventListener("keydown", step);

  const again = (link) => (link.previousElementSibling ? ".goto:nth-child(2)" : ".goto");

  // Of a message gradio keeps words and links only: what its card copies stands in the panel.
  const copied = (button) => {
    const id = button.closest("figure")?.querySelector("a.cite").hash.slice(1);
    const panel = remembered.get(id?.split("-")[0]);
    const twin = panel?.querySelector(`[data-quote="${id}"] [data-copy]`);
    return (twin ?? button).dataset.copy;
  };

  const copy = async (button) => {
    const before = (button.dataset.said ??= button.textContent); // also when pressed twice
    const text = copied(button);
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = said("Copied");
    } catch {
      // Without https a browser gives no clipboard to a page of another machine.
      window.prompt("Copy this", text);
    }
    window.setTimeout(() => (button.textContent = before), 1500);
  };

  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest("#back")) {
        read(false);
        return goBack();
      }
      const button = event.target.closest("#chat figure .copy, #side .copy");
      if (button) return copy(button);
      const example = event.target.closest("#slash button");
      if (example) {
        fill(example.textContent);
        return matching();
      }
      const link = event.target.closest("#chat a.cite, #side a.goto");
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      if (link.matches(".cite")) cited = link;
      follow(decodeURIComponent(link.hash.slice(1)));
      // The way on stays under the finger, or under the key.
      if (link.matches(".goto")) find(`#side .tools:not([hidden]) ${again(link)}`)?.focus();
    },
    true,
  );
  // The box: "/" shows examples, the arrows recall what was asked, Escape stops an answer.
  const box = () => find("#talk textarea");
  const fill = (text) => {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
    box().focus();
  };
  const matching = () => {
    const typed = box()?.value ?? "";
    const open = typed.startsWith("/");
    const wanted = typed.slice(1).trim().toLowerCase();
    const shown = [];
    for (const one of document.querySelectorAll("#slash button")) {
      one.parentElement.hidden = !open || !one.textContent.toLowerCase().includes(wanted);
      if (!one.parentElement.hidden) shown.push(one);
    }
    find("#slash ul")?.toggleAttribute("hidden", !shown.length);
    return shown;
  };
  let recalled = 0; // how far back the arrows went
  const recall = (step) => {
    const asked = [...document.querySelectorAll("#chat .user-row .message")];
    const to = Math.min(Math.max(recalled + step, 0), asked.length);
    if (to === recalled) return;
    recalled = to;
    fill(to ? asked[asked.length - to].innerText.trim() : "");
  };
  const typing = (event) => {
    const empty = !box().value || recalled;
    if (event.key === "Enter" && !event.shiftKey) {
      const [first] = matching();
      recalled = 0;
      if (!first) return;
      fill(first.textContent);
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && empty) {
      recall(event.key === "ArrowUp" ? 1 : -1);
    } else if (event.key === "Escape") {
      if (matching().length) fill("");
      else find("#talk .stop-button")?.click();
    } else {
      recalled = event.key.length === 1 ? 0 : recalled;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  // Keys for who reads: none of them while something is typed, or with another key held.
  const quotation = (way) => {
    const here = document.body.classList.contains("reading");
    const [back, on] = document.querySelectorAll("#side .tools:not([hidden]) .goto");
    const to = way > 0 ? on : back;
    if (here && to?.matches("a")) to.click();
    else if (!here) [...document.querySelectorAll("#chat .bot-row")].at(-1)?.querySelector(".cite")?.click();
  };
  const KEYS = {
    "/": () => box()?.focus(),
    "?": () => (find("#keys").open ? find("#keys").close() : find("#keys").showModal()),
    n: () => quotation(1),
    p: () => quotation(-1),
    o: () => find("#side .tools:not([hidden]) a[rel]")?.click(),
  };
  const pressed = (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  document.addEventListener("input", (event) => event.target === box() && matching());
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target === box()) typing(event);
      else if (event.key === "Escape" && document.activeElement?.closest("#side")) goBack();
      else if (event.key === "Escape") find("#talk .stop-button")?.click();
    },
    true,
  );
  new MutationObserver(notice).observe(document.documentElement, { childList: true, subtree: true });
})();
