/* The editor of a text. Without this script every button sends the form and the page comes back filled in. With it,
   buttons of rows change the form in place, what is typed is kept on the server, and read figures follow the words. */
"use strict";

(function () {
  const form = document.querySelector("[data-editor]");
  if (!form || !window.fetch) { return; }
  const state = document.querySelector("[data-editor-state]");
  const PAUSE = 2500;
  let timer = null;
  let dirty = "dirty" in form.dataset;
  let sending = false;
  let busy = false;

  function say(words) { state.textContent = words; }
  function json(answer) {
    const data = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return data ? answer.json() : Promise.reject(answer);
  }
  function message(failed) {
    return failed && failed.status === 401 || failed && failed.redirected ? "Phiên làm việc đã hết. Mở trang đăng nhập ở thẻ khác rồi thử lại; nội dung vẫn còn ở đây."
      : "Chưa gửi được. Nội dung vẫn còn trên trang; thử lại khi có mạng.";
  }

  /* Keeping what is typed */
  form.addEventListener("input", function (event) {
    if (event.target.name && event.target.name.startsWith("dan:")) { return; }
    dirty = true;
    say("Chưa lưu");
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  function withoutFiles() {
    const sent = new FormData(form);
    Array.from(sent.entries()).forEach(function (pair) { if (pair[0].startsWith("dan:") || pair[1] instanceof File) { sent.delete(pair[0]); } });
    return sent;
  }
  function keep() {
    clearTimeout(timer);
    if (!dirty || busy || !form.dataset.keep) { return; }
    const before = values();
    fetch(form.dataset.keep, { method: "POST", body: withoutFiles(), headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" })
      .then(json)
      .then(function (body) {
        if (busy || sending) { return; }
        if (body.message) { say(body.message); }
        if (body.values) { follow(body.values, before); }
        if (body.notes) { tell(body.notes); }
      })
      .catch(function () { say("Chưa giữ được bản gõ dở. Nội dung vẫn còn trên trang; bấm lưu khi có mạng."); });
  }
  function values() {
    const found = {};
    Array.from(form.elements).forEach(function (one) { if (one.name && one.matches("input:not([type=checkbox]):not([type=file]), textarea, select")) { found[one.name] = one.value; } });
    return found;
  }
  /* figures that follow changed words; what was typed meanwhile stays */
  function follow(fresh, before) {
    Object.keys(fresh).forEach(function (name) {
      const field = form.elements[name];
      if (field && field !== document.activeElement && field.value === before[name]) { field.value = fresh[name]; }
    });
  }
  function tell(notes) {
    form.querySelectorAll("[data-note]").forEach(function (place) {
      const words = notes[place.dataset.note] || "";
      if (place.textContent !== words) { place.textContent = words; }
      place.hidden = !words;
    });
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && dirty && !sending && form.dataset.keep && navigator.sendBeacon) {
      navigator.sendBeacon(form.dataset.keep, withoutFiles());
    }
  });

  /* Rows and pasted tables, in place */
  form.addEventListener("click", function (event) {
    const button = event.target.closest("[data-row-wish]");
    if (!button || busy) { return; }
    event.preventDefault();
    ask(button);
  });
  function ask(button) {
    const sent = new FormData(form);
    sent.append(button.name, button.value);
    const open = Array.from(form.querySelectorAll("details[open]")).map(function (one) { return one.id; });
    clearTimeout(timer);
    const before = values();
    /* names of rows stay the same when one is added at the end: words typed meanwhile go back to their place */
    const stable = /^(them|dan|nhan|thoi)/.test(button.value);
    busy = true;
    form.inert = true;
    form.setAttribute("aria-busy", "true");
    fetch(form.action, { method: "POST", body: sent, headers: { "X-Fragment": "1", Accept: "application/json" }, credentials: "same-origin", redirect: "error" })
      .then(json)
      .then(function (body) { const late = stable ? changed(before) : {}; put(body, open); Object.keys(late).forEach(function (name) { if (form.elements[name]) { form.elements[name].value = late[name]; } }); })
      .catch(function (failed) { done(); say(message(failed)); });
  }
  function done() { busy = false; form.inert = false; form.removeAttribute("aria-busy"); }
  function changed(before) {
    const now = values();
    const found = {};
    Object.keys(now).forEach(function (name) { if (!name.startsWith("dan:") && now[name] !== before[name]) { found[name] = now[name]; } });
    return found;
  }
  function put(body, open) {
    done();
    if (!body.html) { say(body.message || ""); return; }
    form.innerHTML = body.html;
    open.forEach(function (id) {
      const part = id && document.getElementById(id);
      if (part && part.tagName === "DETAILS" && !part.classList.contains("paste")) { part.open = true; }
    });
    dirty = true;
    say(body.message || "");
    focusOn(body.focus || "");
    timer = setTimeout(keep, PAUSE);
  }
  function focusOn(place) {
    const id = place.split(":")[0];
    const deed = place.split(":")[1];
    const row = id && document.getElementById(id);
    if (!row) { return; }
    for (let part = row; part; part = part.parentElement) { if (part.tagName === "DETAILS") { part.open = true; } }
    const again = deed && form.querySelector('[data-row-wish][value="' + deed + ":" + id + '"]:not(:disabled)');
    const first = row.querySelector("input:not([type=hidden]):not([type=file]), textarea, select");
    const goal = again || (deed ? row : first) || row;
    goal.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  /* A table from Word brings its HTML along */
  form.addEventListener("paste", function (event) {
    const place = event.target.closest("[data-paste]");
    const markup = place && event.clipboardData && event.clipboardData.getData("text/html");
    if (!place) { return; }
    document.getElementById(place.dataset.paste).value = markup && /<t[dr][\s>]/i.test(markup) ? markup : "";
  });
  form.addEventListener("input", function (event) {
    /* words changed by hand after pasting are what counts */
    if (event.target.matches("[data-paste]") && event.inputType !== "insertFromPaste") { document.getElementById(event.target.dataset.paste).value = ""; }
  });

  form.addEventListener("submit", function () { sending = true; clearTimeout(timer); });
  window.addEventListener("pageshow", function () { sending = false; });
  window.addEventListener("beforeunload", function (event) { if (dirty && !sending) { event.preventDefault(); } });
  form.addEventListener("keydown", function (event) {
    if (event.ctrlKey && !event.metaKey && !event.isComposing && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value="luu"]'));
    }
  });
})();
