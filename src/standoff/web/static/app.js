// Keyboard and copying; every page works without this.
"use strict";

const said = document.getElementById("said");
const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);
let here = -1;

function go(step) {
  const all = items();
  if (!all.length) return;
  const from = all.findIndex((item) => item.classList.contains("here"));
  here = Math.min(all.length - 1, Math.max(0, (from < 0 ? here : from) + step));
  all.forEach((item) => item.classList.remove("here"));
  const item = all[here];
  item.classList.add("here");
  item.scrollIntoView({ block: "nearest" });
  const link = item.querySelector("a, button");
  if (link) link.focus({ preventScroll: true });
}

function openEvidence() {
  const item = document.querySelector("[data-item].here");
  const pin = item && item.querySelector(".pin");
  if (pin) pin.click();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.getElementById("q");
  if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); }
  else if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "e") openEvidence();
  else if (event.key === "?") document.getElementById("help").togglePopover();
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText((await answer.text()).trim());
    const words = link.textContent;
    link.textContent = "copied";
    said.textContent = "The quotation is copied with its citation.";
    setTimeout(() => { link.textContent = words; said.textContent = ""; }, 1800);
  } catch {
    location.href = link.href;
  }
});
