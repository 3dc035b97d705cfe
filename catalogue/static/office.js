/* The grid: keys move between cells, a row is saved when it is left, both texts are shown when two people changed one
   cell, and the last saved state can be brought back. Without this script every row has its own button. */
"use strict";

(function () {
  const grid = document.querySelector("[data-grid]");
  document.querySelectorAll("[data-select-all]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      document.querySelectorAll('input[name="' + button.dataset.selectAll + '"]').forEach(function (box) { box.checked = true; });
      countChosen();
    });
  });
  function countChosen() {
    const told = document.querySelector("[data-selected]");
    if (told) {
      const number = document.querySelectorAll("[data-choose]:checked").length;
      told.textContent = number ? "(" + number + " dòng)" : "";
    }
  }
  if (!grid) { return; }
  document.documentElement.classList.add("scripted");
  document.querySelectorAll("[data-keys]").forEach(function (hint) { hint.hidden = false; });
  document.addEventListener("change", function (event) { if (event.target.matches("[data-choose]")) { countChosen(); } });

  const rows = Array.from(grid.querySelectorAll("[data-row]")).map(prepared).filter(Boolean);

  function prepared(body) {
    const form = body.querySelector("[data-row-form]");
    if (!form) { return null; }
    const cells = Array.from(body.querySelectorAll("[data-cell]"));
    const row = { body: body, form: form, cells: cells, state: body.querySelector("[data-state]"), earlier: null, busy: false };
    row.base = JSON.parse(form.elements.base.value);
    form.addEventListener("submit", function (event) { event.preventDefault(); save(row); });
    cells.forEach(function (cell) {
      cell.addEventListener("input", function () { mark(row); });
      cell.addEventListener("change", function () { mark(row); });
    });
    body.addEventListener("focusin", function () { showOriginal(body.dataset.row); });
    body.addEventListener("focusout", function (event) {
      if (!body.contains(event.relatedTarget) && isChanged(row) && !body.querySelector(".clash")) { save(row); }
    });
    return row;
  }

  /* What differs from what is stored */
  function text(value) { return (value || "").replace(/\r\n?/g, "\n").trim().normalize("NFC"); }
  function isChanged(row) {
    return row.cells.some(function (cell) { return text(cell.value) !== text(row.base[cell.name]); });
  }
  function mark(row) {
    const changed = isChanged(row);
    /* leaving a cell reports a change that is saved already: the message with its way back stays */
    if (!changed && !row.body.classList.contains("unsaved")) { return; }
    row.body.classList.toggle("unsaved", changed);
    say(row, changed ? "Chưa lưu" : "");
  }
  function say(row, words, undo) {
    row.state.textContent = words;
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link undo";
      button.textContent = "Hoàn tác";
      button.addEventListener("click", function () { bringBack(row); });
      row.state.append(" ", button);
    }
  }

  /* Saving */
  function save(row) {
    if (row.busy) { return; }
    if (!isChanged(row)) { mark(row); return; }
    const before = Object.assign({}, row.base);
    const sent = new FormData(row.form);
    const typed = {};
    row.cells.forEach(function (cell) { typed[cell.name] = cell.value; });
    row.busy = true;
    say(row, "Đang lưu…");
    fetch(row.form.action, { method: "POST", body: sent, headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then(function (answer) {
        const data = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        return data ? answer.json().then(function (body) { return { status: answer.status, body: body }; }) : { status: answer.status, body: null };
      })
      .then(function (answer) { row.busy = false; take(row, answer, before, typed); })
      .catch(function () { row.busy = false; say(row, "Chưa lưu được: mất kết nối. Nội dung vẫn còn trong ô; thử lại khi có mạng."); });
  }
  function take(row, answer, before, typed) {
    if (answer.status === 200 && answer.body) {
      settle(row, answer.body, typed);
      row.earlier = before;
      if (isChanged(row)) { mark(row); return; }
      row.body.classList.remove("unsaved");
      say(row, answer.body.message, true);
      showProblems(answer.body.problems);
    } else if (answer.status === 409 && answer.body && answer.body.clashes) {
      settleOthers(row, answer.body);
      ask(row, answer.body);
    } else {
      row.body.classList.add("unsaved");
      say(row, "Chưa lưu: " + (answer.body && answer.body.message ? answer.body.message : "hãy tải lại trang rồi thử lại. Nội dung vẫn còn trong ô."));
    }
  }
  function lock(row, body) {
    row.base = body.base;
    row.form.elements.seen.value = body.seen;
    row.form.elements.base.value = JSON.stringify(body.base);
    const box = row.body.querySelector("[data-choose]");
    if (box) { box.value = row.body.dataset.row + "-" + body.seen; }
  }
  function settle(row, body, typed) {
    lock(row, body);
    row.cells.forEach(function (cell) {
      /* what was typed while the answer was on its way stays */
      if (cell.name in body.values && cell.value === typed[cell.name]) { cell.value = body.values[cell.name]; }
    });
  }
  function settleOthers(row, body) {
    const asked = new Set(body.clashes.map(function (clash) { return clash.name; }));
    const carried = body.carried || {};
    lock(row, body);
    row.cells.forEach(function (cell) {
      if (!asked.has(cell.name) && !(cell.name in carried)) { cell.value = body.base[cell.name] || ""; }
    });
  }
  function showProblems(problems) {
    rows.forEach(function (row) {
      const place = row.body.querySelector("[data-problems]");
      if (!place.contains(document.activeElement)) { place.innerHTML = (problems[row.body.dataset.row] || "").trim(); }
    });
  }

  /* Two people, one cell */
  function ask(row, body) {
    row.body.classList.add("unsaved");
    say(row, "Chưa lưu");
    const box = document.createElement("div");
    box.className = "clash";
    box.setAttribute("role", "alert");
    box.append(paragraph(body.message));
    body.clashes.forEach(function (clash) {
      const part = document.createElement("div");
      part.append(paragraph(clash.label + ": của tôi «" + clash.mine + "», người kia đã lưu «" + clash.theirs + "»"));
      part.append(choice("Giữ của tôi", function () { part.remove(); finish(row, box); }));
      part.append(choice("Giữ của người kia", function () {
        const cell = row.cells.find(function (one) { return one.name === clash.name; });
        if (cell) { cell.value = clash.value; }
        part.remove();
        finish(row, box);
      }));
      box.append(part);
    });
    row.body.querySelector("[data-problems]").prepend(box);
    const first = box.querySelector("button");
    if (first && row.body.contains(document.activeElement)) { first.focus(); }
  }
  function finish(row, box) {
    if (box.querySelector("button")) { return; }
    box.remove();
    row.cells[0].focus();
    if (isChanged(row)) { save(row); } else { row.body.classList.remove("unsaved"); say(row, "Đã giữ nội dung của người kia."); }
  }
  function paragraph(words) { const made = document.createElement("p"); made.textContent = words; return made; }
  function choice(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }
  function bringBack(row) {
    if (!row.earlier) { return; }
    row.cells.forEach(function (cell) { cell.value = row.earlier[cell.name] || ""; });
    row.earlier = null;
    row.cells[0].focus();
    save(row);
  }

  /* Keys */
  grid.addEventListener("keydown", function (event) {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.isComposing || event.metaKey) { return; }
    const at = rows.findIndex(function (row) { return row.body.contains(cell); });
    if (at < 0) { return; }
    if ((event.ctrlKey) && event.key.toLowerCase() === "s") { event.preventDefault(); save(rows[at]); return; }
    const step = wanted(event, cell);
    if (!step) { return; }
    let goal = null;
    if (step.down) {
      const row = rows[at + step.down];
      goal = row && row.cells.find(function (one) { return one.name === cell.name; });
    } else {
      goal = rows[at].cells[rows[at].cells.indexOf(cell) + step.across];
    }
    event.preventDefault();
    if (goal) { goal.focus(); if (goal.select) { goal.select(); } }
  });
  function wanted(event, cell) {
    const isText = cell.tagName === "TEXTAREA";
    if (event.key === "Enter" && event.altKey && isText) {
      event.preventDefault();
      cell.setRangeText("\n", cell.selectionStart, cell.selectionEnd, "end");
      cell.dispatchEvent(new Event("input", { bubbles: true }));
      return null;
    }
    if (event.key === "Enter") { return { down: event.shiftKey ? -1 : 1 }; }
    if (event.shiftKey || event.altKey) { return null; }
    const whole = isText && cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const atStart = !isText || whole || (cell.selectionStart === 0 && cell.selectionEnd === 0);
    const atEnd = !isText || whole || cell.selectionStart === cell.value.length;
    if (event.key === "ArrowUp" && (isText ? atStart : event.ctrlKey)) { return { down: -1 }; }
    if (event.key === "ArrowDown" && (isText ? atEnd : event.ctrlKey)) { return { down: 1 }; }
    if (event.key === "ArrowLeft" && atStart) { return { across: -1 }; }
    if (event.key === "ArrowRight" && atEnd) { return { across: 1 }; }
    return null;
  }

  /* The printed original, at the same row */
  let shown = null;
  function showOriginal(id) {
    if (shown === id) { return; }
    shown = id;
    const frame = document.querySelector("[data-original]");
    frame.querySelectorAll(".here").forEach(function (one) { one.classList.remove("here"); });
    const place = frame.querySelector('[data-original-row="' + id + '"]');
    if (!place) { return; }
    place.classList.add("here");
    if (frame.scrollHeight > frame.clientHeight) { frame.scrollTop = place.offsetTop - frame.offsetTop; }
  }

  window.addEventListener("beforeunload", function (event) { if (rows.some(isChanged)) { event.preventDefault(); } });
})();
