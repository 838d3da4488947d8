(() => {
  "use strict";
  const exam = document.getElementById("examination");
  if (!exam) return;
  exam.classList.add("scripted");
  const desk = exam.querySelector(".desk");
  const panes = [...desk.children];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const HOLDERS = ".cards > details,.points > li,.lines li,.entries li,.gone,.extra";
  const KEY = /^#?[ro]?([fdla]\d+)$/;
  const keyOf = (element) => {
    if (element?.matches(".cards > details")) element = element.querySelector("[id]");
    return element && [element.id, element.getAttribute("href") ?? "", ...element.classList].map((name) => KEY.exec(name)?.[1]).find(Boolean);
  };
  const all = (key) => [...exam.querySelectorAll(`#${key},.${key},:is(.points,.text) [href="#${key}"]`)].map((one) => one.closest(HOLDERS) ?? one);
  const columns = () => getComputedStyle(panes[0]).overflowY === "auto";
  const narrow = () => getComputedStyle(exam.querySelector(".panes")).display !== "none";

  const reveal = (element) => {
    for (let at = element; at && at !== exam; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const placeIn = (pane, key, target) =>
    target && pane.contains(target) ? target : key && all(key).find((one) => pane.contains(one));
  const scrollPane = (pane, element) => {
    reveal(element);
    const at = element.getBoundingClientRect();
    const box = pane.getBoundingClientRect();
    const room = Math.min(box.height / 3, 160);
    pane.scrollTo({ top: pane.scrollTop + at.top - box.top - room, behavior: calm ? "auto" : "smooth" });
  };

  const choose = (key, target, from) => {
    for (const old of [...exam.getElementsByClassName("here")]) old.classList.remove("here");
    for (const one of key ? all(key) : [target]) one.classList.add("here");
    if (columns()) {
      for (const pane of panes) {
        const place = placeIn(pane, key, target);
        if (place && !(from && pane.contains(from))) scrollPane(pane, place);
      }
      const top = desk.getBoundingClientRect().top;
      const bar = exam.querySelector(".bar").getBoundingClientRect().height;
      if (!from || !desk.contains(from) || top > bar + 40) scrollTo({ top: scrollY + top - bar, behavior: calm ? "auto" : "smooth" });
    } else if (target) {
      const pane = panes.find((one) => one.contains(target));
      const tab = pane && document.getElementById("pane-" + pane.id);
      if (tab && narrow()) tab.checked = true;
      reveal(target);
      (target.closest(".cards > details") ?? target).scrollIntoView({ block: target.closest(".findings") ? "start" : "center" });
    }
  };

  const goTo = (id, from) => {
    const target = document.getElementById(id);
    if (!target || !exam.contains(target)) return false;
    const holder = target.closest(".cards > details,.lines li,.entries li,.points > li") ?? keyed(target);
    reveal(target);
    choose(keyOf(holder), target, from);
    if (from) {
      if (target.tabIndex < 0) target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    }
    const lasting = target.querySelector("a[id],b[id]")?.id ?? id; // in a finding: its permalink
    try { history.replaceState(null, "", "#" + lasting); } catch { /* a page in a frame has no address of its own */ }
    return true;
  };
  const keyed = (place) => keyOf(place) ? place : place.nextElementSibling;

  exam.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && !event.ctrlKey && !event.metaKey && goTo(link.hash.slice(1), link)) event.preventDefault();
    const marked = !link && event.target.closest(".text :is(.v,.b,.w,.s,.a,.n,.u)");
    const key = marked && keyOf(marked);
    if (key) goTo(key, marked);
    const summary = event.target.closest(".cards > details > summary");
    if (summary) choose(keyOf(summary.parentElement), null, summary);
  });

  const steps = () => [...exam.querySelectorAll(".cards > details,.lines li")].filter((one) => getComputedStyle(one.closest(".group")).display !== "none");
  let current = null;
  const step = (by) => {
    const all = steps();
    if (!all.length) return;
    const at = [all.findIndex((one) => one.contains(document.activeElement)), all.indexOf(current)].find((one) => one >= 0);
    const held = at ?? (by > 0 ? -1 : all.length);
    current = all[Math.min(all.length - 1, Math.max(0, held + by))];
    reveal(current);
    const place = current.querySelector("p[id]") ?? current;
    choose(keyOf(current), place, null);
    const target = current.querySelector("summary") ?? current;
    if (target.tabIndex < 0) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  };
  for (const button of exam.querySelectorAll("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=radio],[type=checkbox]),textarea,select,[contenteditable],[popover]")) return;
    if (!document.getElementById("keys")?.checked) return;
    if (event.key === "j" || event.key === "n") step(1);
    else if (event.key === "k" || event.key === "p") step(-1);
    else if (event.key === "Escape" && !exam.querySelector(":popover-open")) document.getElementById("show-all").click();
  });
  exam.addEventListener("change", (event) => {
    if (event.target.name === "pane") desk.scrollIntoView();
    if (event.target.name !== "show") return;
    const chosen = event.target.id.slice("show-".length);
    for (const fold of exam.querySelectorAll(".group." + CSS.escape(chosen) + ":not(.cards) > details")) fold.open = true;
    if (columns()) panes[0].scrollTop = 0;
    current = null;
  });
  const shut = [];
  addEventListener("beforeprint", () => {
    if (exam.classList.contains("long")) return;
    for (const one of exam.querySelectorAll(".group details:not([open])")) { one.open = true; shut.push(one); }
  });
  addEventListener("afterprint", () => { while (shut.length) shut.pop().open = false; });
  const follow = () => { if (location.hash.length > 1) goTo(decodeURIComponent(location.hash.slice(1)), null); };
  addEventListener("hashchange", follow);
  follow();
})();
