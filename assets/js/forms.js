// Choosing rows, and dropping and sending files.
(() => {
  'use strict';
  const boxes = table => [...table.querySelectorAll('tbody .pick input')];
  const count = table => {
    const all = boxes(table), n = all.filter(b => b.checked).length;
    const form = document.getElementById(table.id + '-bulk');
    const out = form && form.querySelector('output');
    if (out) out.textContent = (document.body.dataset.tSelected || '%s').replace('%s', n);
    const head = table.querySelector('[data-pick-all] input');
    if (head) { head.checked = n > 0 && n === all.length; head.indeterminate = n > 0 && n < all.length; }
  };
  let from = null;
  document.addEventListener('click', e => {
    const box = e.target instanceof Element && e.target.closest('tbody .pick input');
    if (!box) return;
    const all = boxes(box.closest('table'));
    if (e.shiftKey && from && all.includes(from)) {
      const [a, b] = [all.indexOf(from), all.indexOf(box)].sort((x, y) => x - y);
      all.slice(a, b + 1).forEach(x => { x.checked = box.checked; });
    }
    from = box;
  });
  document.addEventListener('change', e => {
    const t = e.target;
    if (!(t instanceof HTMLInputElement)) return;
    const table = t.closest('.pick') && t.closest('table');
    if (table) {
      if (t.closest('[data-pick-all]')) boxes(table).forEach(b => { b.checked = t.checked; });
      count(table);
    }
  });
  const enhance = root => root.querySelectorAll('th[data-pick-all]').forEach(th => {
    if (th.querySelector('input') || !th.closest('table').querySelector('tbody .pick')) return;
    const label = document.createElement('label'), box = document.createElement('input');
    box.type = 'checkbox';
    box.setAttribute('aria-label', document.body.dataset.tSelectAll || '');
    label.append(box);
    th.append(label);
    count(th.closest('table'));
  });
  document.addEventListener('htmx:load', e => enhance(e.target.parentElement || document));
  enhance(document);
  addEventListener('pageshow', () => document.querySelectorAll('table').forEach(count));

  // Filters: the address names only what is set.
  document.addEventListener('htmx:configRequest', e => {
    if (!(e.target instanceof Element) || !e.target.matches('form.filters')) return;
    const data = e.detail.formData;
    [...data.keys()].forEach(k => { if (data.getAll(k).every(v => v === '')) data.delete(k); });
  });

  // Dropping files onto the field.
  ['dragenter', 'dragover', 'dragleave', 'drop'].forEach(type => document.addEventListener(type, e => {
    const zone = e.target instanceof Element && e.target.closest('[data-drop]');
    if (!zone) return;
    e.preventDefault();
    zone.classList.toggle('over', type === 'dragenter' || type === 'dragover');
    const input = zone.querySelector('input');
    if (type === 'drop' && e.dataTransfer.files.length && !input.disabled) {
      input.files = e.dataTransfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }));

  // Sending files: htmx sends them and says how far it is.
  const boost = root => root.querySelectorAll('form[data-upload]:not([hx-boost])').forEach(form => {
    form.setAttribute('hx-boost', 'true');
    window.htmx.process(form);
  });
  document.addEventListener('htmx:load', () => boost(document));
  boost(document);
  document.addEventListener('htmx:xhr:progress', e => {
    const form = e.target instanceof Element && e.target.closest('form[data-upload]');
    if (!form || !e.detail.lengthComputable || ![...form.querySelectorAll('[type=file]')].some(f => f.files.length)) return;
    let bar = form.querySelector('.upload progress');
    if (!bar) {
      const box = document.createElement('div');
      bar = document.createElement('progress');
      box.className = 'upload';
      bar.max = 100;
      bar.setAttribute('aria-label', document.body.dataset.tUpload || '');
      box.append(bar);
      form.append(box);
    }
    bar.value = 100 * e.detail.loaded / e.detail.total;
  });

  // A form that did not reach us keeps what was typed and says so; sending it again is harmless.
  const unsent = e => {
    const form = e.target instanceof Element && e.target.closest('form[data-upload]');
    if (!form) return;
    form.querySelector('.upload')?.remove();
    let note = form.querySelector('.unsent');
    if (!note) {
      note = document.createElement('p');
      note.className = 'unsent notice crit';
      note.setAttribute('role', 'alert');
      form.append(note);
    }
    note.textContent = document.body.dataset.tUnsent || '';
    note.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('htmx:sendError', unsent);
  document.addEventListener('htmx:timeout', unsent);
  // Back online: what was pressed to be sent goes now, as it stands there. Its key makes it count once.
  addEventListener('online', () => document.querySelectorAll('form[data-upload]:has(.unsent)').forEach(form => form.requestSubmit()));
  document.addEventListener('htmx:beforeRequest', e => e.target instanceof Element && e.target.closest('form[data-upload]')?.querySelector('.unsent')?.remove());
})();
