// Parts of a page that keep themselves fresh: [data-live] holds the seconds
// between two looks. htmx fetches and swaps; this only decides when.
(() => {
  'use strict';
  const last = new WeakMap();
  const busy = part => document.hidden || (part.contains(document.activeElement) && document.activeElement.closest('input, select, textarea')) || part.querySelector('details[data-menu][open], dialog[open]');
  setInterval(() => {
    const now = Date.now();
    document.querySelectorAll('[data-live]').forEach(part => {
      if (!last.has(part)) last.set(part, now);
      if (now - last.get(part) < part.dataset.live * 1000 || busy(part)) return;
      last.set(part, now);
      window.htmx.trigger(part, 'live');
    });
  }, 1000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) document.querySelectorAll('[data-live]').forEach(part => { if (!busy(part)) window.htmx.trigger(part, 'live'); });
  });
  // An answer without the part, such as the sign-in page, is not swapped in; nor
  // is the same answer again, which would only take the focus away. Where a job's
  // progress is gone from the page, the job is done and the page is loaded whole.
  const heard = new Map();
  document.addEventListener('htmx:beforeSwap', e => {
    const part = e.detail.requestConfig.elt, select = part && part.getAttribute('hx-select');
    if (!select) return;
    const live = 'live' in part.dataset, found = new DOMParser().parseFromString(e.detail.serverResponse, 'text/html').querySelector(select);
    if (found && !(live && busy(part))) {
      if (live && heard.get(part.id) === found.outerHTML) e.detail.shouldSwap = false;
      heard.set(part.id, found.outerHTML);
      return;
    }
    e.detail.shouldSwap = false;
    if (!live || 'untilDone' in part.dataset && e.detail.xhr.status < 400) location.reload();
  });
})();
