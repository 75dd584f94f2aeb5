// Deciding by keyboard, and adding a record by marking text; all of it works without this, too.
"use strict";

const choices = () => [...document.querySelectorAll("[data-decide]")];

function chosen() {
  const all = choices();
  return all.find((item) => item.classList.contains("here")) || (all.length === 1 ? all[0] : null);
}

function send(item, action) {
  const button = item.querySelector(`button[name="action"][value="${action}"]`);
  if (button) button.click();
}

function act(key) {
  const item = chosen();
  if (key === "u") {
    const undo = document.querySelector("[data-undo]");
    if (undo) undo.click();
  } else if (!item) return false;
  else if (key === "a") send(item, "accept");
  else if (key === "c") item.querySelector("[data-correct]").click();
  else if (key === "r") {
    const note = item.querySelector('input[name="note"]');
    note.dataset.asked = "reject";
    note.focus();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const note = event.target.closest('[data-decide] input[name="note"]');
  if (note && event.key === "Enter" && note.dataset.asked) {  // the reason is typed: that is what it was asked for
    event.preventDefault();
    send(note.closest("[data-decide]"), "reject");
  } else if (note && event.key === "Escape") note.blur();
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  if ("aruc".includes(event.key) && event.key.length === 1 && act(event.key)) event.preventDefault();
});

const wanted = location.hash ? document.getElementById(location.hash.slice(1)) : null;
const first = wanted && wanted.matches("[data-decide]") ? wanted : choices()[0];
if (first && first.matches("[data-item]")) first.classList.add("here");
const wrong = document.getElementById("wrong");
if (wrong) wrong.focus();

// Marking text: the page tells where each paragraph begins, in code points of the report's text.
const marking = document.querySelector(".marking");

const length = (text) => [...text].length;

function before(paragraph, node, offset) {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return length(range.toString());
}

function marked() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount || !selection.toString().trim()) return null;
  const range = selection.getRangeAt(0);
  const met = [...document.querySelectorAll("[data-at]")].filter((paragraph) => range.intersectsNode(paragraph));
  if (!met.length) return null;
  const [one, last] = [met[0], met[met.length - 1]];
  const from = one.contains(range.startContainer) ? before(one, range.startContainer, range.startOffset) : 0;
  const to = last.contains(range.endContainer)
    ? before(last, range.endContainer, range.endOffset) : length(last.textContent);
  const [start, end] = [Number(one.dataset.at) + from, Number(last.dataset.at) + to];
  return start < end ? `${start}:${end}` : null;
}

function offer() {
  if (marking.contains(document.activeElement)) return;
  const found = marked();
  marking.hidden = !found;
  if (found) marking.elements.at.value = found;
}

if (marking) {
  document.addEventListener("selectionchange", offer);
  offer();
}
