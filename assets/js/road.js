// On the road: what somebody does is kept on the phone first and sent then, as
// often as it takes. Each action carries a key of its own, so that one that
// arrives twice counts once.
(() => {
  'use strict';
  const box = document.querySelector('[data-road]');
  if (!box || !window.indexedDB) return;
  const word = name => box.dataset['t' + name] || '';
  const who = box.dataset.road;

  let opened = null;
  const store = () => opened = opened || new Promise((ok, no) => {
    const r = indexedDB.open('gatehouse-road', 1);
    r.onupgradeneeded = () => r.result.createObjectStore('sends', { keyPath: 'once' });
    r.onsuccess = () => ok(r.result);
    r.onerror = () => no(r.error);
  });
  const ask = async (mode, act) => {
    const t = (await store()).transaction('sends', mode), r = act(t.objectStore('sends'));
    return new Promise((ok, no) => { t.oncomplete = () => ok(r.result); t.onerror = t.onabort = () => no(t.error); });
  };
  const keep = send => ask('readwrite', s => s.put(send));
  const drop = once => ask('readwrite', s => s.delete(once));
  const mine = async () => (await ask('readonly', s => s.getAll())).filter(s => s.who === who).sort((a, b) => a.at - b.at);

  // What is shown of it.
  const line = send => {
    const p = document.createElement('li'), says = document.createElement('span');
    says.textContent = send.label + ': ' + (send.says || word(send.state === 'signin' ? 'Signin' : 'Waits'));
    p.append(says);
    const button = (text, act) => {
      const b = document.createElement('button');
      b.type = 'button';
      b.className = 'btn';
      b.textContent = text;
      b.addEventListener('click', act);
      p.append(b);
    };
    if (send.state === 'refused') button(word('Discard'), async () => { await drop(send.once); paint(); });
    else button(word('Now'), () => flush());
    return p;
  };
  const paint = async () => {
    const all = await mine();
    box.hidden = !all.length;
    box.querySelector('ul').replaceChildren(...all.map(line));
  };

  // Sending, the oldest first. What the network swallowed is tried again.
  let chain = Promise.resolve(), timer = 0, wait = 4000;
  const later = () => { clearTimeout(timer); timer = setTimeout(flush, wait); wait = Math.min(wait * 2, 60000); };
  const post = async send => {
    const body = new FormData();
    send.entries.forEach(([name, value, file]) => file ? body.append(name, value, file) : body.append(name, value));
    const stop = new AbortController(), clock = setTimeout(() => stop.abort(), 120000);
    try { return await fetch(send.action, { method: 'POST', body, headers: { Accept: 'application/json' }, signal: stop.signal }); }
    finally { clearTimeout(clock); }
  };
  const one = async send => {
    let answer;
    try { answer = await post(send); } catch { return 'later'; }
    const says = await answer.json().catch(() => ({}));
    if (answer.ok && says.to) { await drop(send.once); return says; }
    if (answer.status === 401) { await keep({ ...send, state: 'signin', says: '' }); return 'signin'; }
    if (answer.ok || answer.status >= 500 || answer.status === 429 || answer.status === 408) return 'later';
    await keep({ ...send, state: 'refused', says: says.detail || word('Refused') });
    return says;
  };
  const round = async mark => {
    let out = null, again = false, sent = false;
    for (const send of await mine()) {
      if (send.state === 'refused') continue;
      const r = await one(send);
      if (r === 'later') again = true;
      if (r === 'later' || r === 'signin') break;
      wait = 4000;
      sent = sent || !!r.to;
      if (send.once === mark) out = r;
    }
    await paint();
    if (again) later();
    // What is shown is older than what was sent; nothing typed is lost by looking again.
    if (sent && !mark && !document.querySelector('form[data-queue] :is(input:not([type=hidden]), textarea)')) location.reload();
    return out;
  };
  const flush = (mark = '') => chain = chain.then(() => round(mark), () => round(mark));

  // The form's own answer: where to go, or what is wrong with it.
  const refuse = async (form, once, says) => {
    await drop(once);
    paint();
    form.querySelectorAll('.err.js-err').forEach(e => e.remove());
    const fields = Object.entries(says.fields || {});
    (fields.length ? fields : [['', says.detail || word('Refused')]]).forEach(([name, text]) => {
      const p = document.createElement('p');
      p.className = 'err js-err';
      p.textContent = text;
      const at = name && document.getElementById('f-' + name);
      const field = at && (at.closest('.field') || at);
      if (field) { field.append(p); at.setAttribute('aria-invalid', 'true'); } else form.querySelector('.form-actions').before(p);
    });
    const first = form.querySelector('.js-err');
    if (first) { first.tabIndex = -1; first.setAttribute('role', 'alert'); first.scrollIntoView({ block: 'center' }); first.focus(); }
  };
  document.addEventListener('submit', async e => {
    const form = e.target;
    if (!(form instanceof HTMLFormElement) || !('queue' in form.dataset)) return;
    e.preventDefault();
    const button = e.submitter || form.querySelector('[type=submit]');
    if (button.disabled) return;
    button.disabled = true;
    button.setAttribute('aria-busy', 'true');
    const once = form.elements.once.value, data = new FormData(form, e.submitter);
    data.set('at', new Date().toISOString());
    const entries = [...data.entries()].filter(([, v]) => !(v instanceof File) || v.size).map(([n, v]) => v instanceof File ? [n, v, v.name] : [n, v]);
    try { await keep({ once, who, action: form.action, label: form.dataset.queue, at: Date.now(), entries, state: 'waiting', says: '' }); }
    catch { form.removeAttribute('data-queue'); button.disabled = false; form.requestSubmit(button); return; }
    await paint();
    const says = await flush(once);
    if (says && says.to) { location.href = says.to; return; }
    button.disabled = false;
    button.removeAttribute('aria-busy');
    if (says) refuse(form, once, says);
    else box.scrollIntoView({ block: 'start' });
  });
  addEventListener('online', () => { wait = 4000; flush(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(); });
  paint();
  flush();
})();
