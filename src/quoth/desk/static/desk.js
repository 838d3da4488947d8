// What pages do without: dropping files anywhere on a panel, progress without loading anew, deciding in place, keys.
(() => {
  "use strict";
  const said = document.createElement("div");
  said.className = "dk-said";
  said.setAttribute("role", "status");
  document.body.append(said);
  const say = (words, seen = true) => { said.classList.toggle("dk-vh", !seen); said.textContent = words; clearTimeout(say.later); say.later = setTimeout(() => { said.textContent = ""; }, 6000); };

  for (const panel of document.querySelectorAll("[data-drop]")) {
    const input = panel.querySelector("#" + panel.dataset.drop);
    for (const kind of ["dragover", "dragenter"]) panel.addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      panel.classList.add("dk-over");
    });
    for (const kind of ["dragleave", "drop"]) panel.addEventListener(kind, () => panel.classList.remove("dk-over"));
    panel.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      const all = new DataTransfer();
      if (input.multiple) for (const file of input.files) all.items.add(file);
      for (const file of event.dataTransfer.files) if (input.multiple || !all.files.length) all.items.add(file);
      input.files = all.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  const follow = (id, told, bar) => {
    const heard = new EventSource("/jobs/" + id + "/events");
    heard.addEventListener("step", (event) => {
      const job = JSON.parse(event.data);
      if (job.total) {
        told.textContent = job.done + " of " + job.total + " statements judged";
        bar.max = job.total;
        bar.value = job.done;
      }
      if (job.state === "done") { heard.close(); location.replace("/e/" + job.examination); }
      else if (job.state === "failed" || job.state === "cancelled") { heard.close(); location.replace("/jobs/" + id); }
    });
  };
  const job = document.querySelector("[data-job]");
  if (job && !job.dataset.over) follow(job.dataset.job, document.getElementById("told"), document.getElementById("bar"));

  const start = document.querySelector("form[data-progress]");
  start?.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // looks for sources only
    const place = document.getElementById("progress");
    place.hidden = false;
    place.textContent = "Examining …";
  });

  const ACTS = [["accept", "Accept"], ["reject", "Reject"], ["undo", "Undo"]];
  const dress = (place) => {
    const link = place.querySelector("a");
    if (!link) return;
    place.dataset.finding = link.getAttribute("href").slice(3); // "?f=s..."
    link.href = location.pathname + "/f/" + place.dataset.finding;
    link.dataset.act = "correct";
    for (const [act, word] of ACTS) {
      const stands = place.querySelector(".dk-st");
      if (act === "undo" ? !stands : stands?.matches(".dk-" + act + "ed")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.act = act;
      button.textContent = word;
      link.before(button, " ");
    }
    link.textContent = "Correct";
  };
  for (const place of document.querySelectorAll(".dk-act")) dress(place);

  // What else a decision alters is another page now: its regions are put in place of those that are shown.
  const REGIONS = ".answer,.filters,#findings,#report,#sources,.below,.dk-bar > span";
  const holder = (place) => place.closest(".cards > details,.lines li");
  let last = null;
  const renew = async (place, now) => {
    const id = place.dataset.finding;
    const cards = [...document.querySelectorAll(".cards > details,.group:not(.g-rejected) .lines li")];
    const beside = cards[cards.indexOf(holder(place)) + 1]?.querySelector(".dk-act")?.dataset.finding;
    const open = [...document.querySelectorAll("#examination details[open] > .dk-act")].map((one) => one.dataset.finding);
    const shown = document.querySelector("[name=show]:checked")?.id;
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer?.ok) { location.reload(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelectorAll(REGIONS);
    document.querySelectorAll(REGIONS).forEach((one, at) => { one.innerHTML = fresh[at].innerHTML; });
    for (const one of document.querySelectorAll(".dk-act")) dress(one);
    const at = (finding) => finding && document.querySelector('.dk-act[data-finding="' + finding + '"]');
    for (const finding of open) { const card = at(finding)?.closest(".cards > details"); if (card) card.open = true; }
    (document.getElementById(shown) ?? document.getElementById("show-all")).checked = true;
    last = id;
    const gone = at(id).closest(".g-rejected");
    const next = at(gone && beside ? beside : id);
    const fold = next.closest(".group > details");
    if (fold) fold.open = true;
    (holder(next).querySelector("summary") ?? holder(next).querySelector("button")).focus({ preventScroll: true });
    say(now.querySelector(".dk-st")?.textContent ?? "undone", false);
  };

  const decide = async (button) => {
    const place = button.closest(".dk-act");
    const address = place.querySelector("a").href;
    button.disabled = true;
    const asked = { method: "POST", headers: { "quoth-fragment": "1", "content-type": "application/x-www-form-urlencoded" }, body: "" };
    const answer = await fetch(address + "/" + button.dataset.act + "?seen=" + (place.dataset.seen ?? 0), asked).catch(() => null);
    if (!answer) { button.disabled = false; say("The desk does not answer; nothing was decided."); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 409) { location.href = address + "?seen=" + (place.dataset.seen ?? 0); return; }
    if (!answer.ok) { button.disabled = false; say(page.querySelector("[role=alert]")?.textContent ?? "This did not go."); return; }
    const now = document.importNode(page.querySelector(".dk-act"), true);
    if (answer.headers.get("quoth-changed")) { await renew(place, now); return; }
    last = place.dataset.finding;
    place.replaceWith(now);
    dress(now);
    (now.querySelector('[data-act="undo"]') ?? now.querySelector("button"))?.focus({ preventScroll: true });
    say(now.querySelector(".dk-st")?.textContent ?? "undone", false); // seen in its place, told to who only hears
    const told = document.querySelector("[data-decided]");
    if (told) told.textContent = document.querySelectorAll(".dk-act .dk-st").length;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".dk-act button");
    if (button) decide(button);
  });

  const KEYS = { a: "accept", r: "reject", u: "undo", c: "correct" };
  const TYPING = "input:not([type=radio],[type=checkbox]),textarea,select,[contenteditable],[popover],.dk-menu";
  addEventListener("keydown", (event) => {
    const wanted = KEYS[event.key];
    if (!wanted || !document.querySelector(".dk-act") || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest?.(TYPING)) return;
    if (document.getElementById("keys")?.checked === false) return;
    // Without focus the finding that is marked, if it is to be seen: a filter may have hidden it.
    const at = holder(document.activeElement) ?? [...document.querySelectorAll(".cards > .here,.lines li.here")].find((one) => one.checkVisibility());
    const found = at?.querySelector('[data-act="' + wanted + '"]');
    const undo = wanted === "undo" && last && document.querySelector('[data-finding="' + last + '"] [data-act="undo"]');
    if (found || undo) { event.preventDefault(); (found ?? undo).click(); }
    else say(at ? "There is nothing to " + wanted + " here." : "No finding is chosen: j goes to the next one.");
  });

  const menus = () => document.querySelectorAll(".dk-menu[open]");
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menus().length) return;
    event.stopPropagation();
    for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); }
  }, true);
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
})();
