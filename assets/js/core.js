// What every page has: menus, dialogs, the theme switch, copying, and the guard
// against sending a form twice. Everything works through events on the document,
// so that parts swapped in later behave like the first ones.
(() => {
  'use strict';
  const word = name => document.body.dataset['t' + name] || name;
  const on = (type, selector, act) => document.addEventListener(type, e => {
    const hit = e.target instanceof Element && e.target.closest(selector);
    if (hit) act(hit, e);
  });

  // Dialogs: a link to a page that does the same opens the dialog instead.
  on('click', '[data-open]', (link, e) => {
    const box = document.getElementById(link.dataset.open);
    if (!box || !box.showModal || e.metaKey || e.ctrlKey || e.shiftKey) return;
    e.preventDefault();
    const menu = link.closest('details[data-menu]');
    if (menu) menu.open = false;
    box.showModal();
    // The key that opened it, perhaps still held down, must not send it.
    if (e.detail === 0) {
      const hold = k => { if (k.key === 'Enter') k.preventDefault(); };
      const kinds = ['keydown', 'keypress'];
      kinds.forEach(kind => box.addEventListener(kind, hold, true));
      document.addEventListener('keyup', () => kinds.forEach(kind => box.removeEventListener(kind, hold, true)), { once: true, capture: true });
    }
    const first = box.querySelector('[autofocus], .dialog-body input:not([type=hidden]), .dialog-body select, .dialog-body textarea');
    if (first) first.focus();
  });
  on('click', '[data-close]', button => button.closest('dialog').close());
  on('click', 'dialog', (box, e) => { if (e.target === box) box.close(); });

  document.addEventListener('toggle', e => { if (e.target.id === 'search' && e.newState === 'open') e.target.querySelector('input').focus(); }, true);

  // Menus: one open at a time; inside a scrolling table the panel moves to the top layer.
  const place = menu => {
    const panel = menu.querySelector('.menu-panel');
    if (!panel || !panel.showPopover || !menu.closest('.tw')) return;
    panel.setAttribute('popover', 'manual');
    panel.showPopover();
    const at = menu.querySelector('summary').getBoundingClientRect(), w = panel.offsetWidth, h = panel.offsetHeight;
    panel.style.left = Math.max(8, Math.min(at.right - w, innerWidth - w - 8)) + 'px';
    panel.style.top = (at.bottom + h + 8 > innerHeight ? Math.max(8, at.top - h - 4) : at.bottom + 4) + 'px';
  };
  const shut = except => document.querySelectorAll('details[data-menu][open]').forEach(m => { if (m !== except) m.open = false; });
  document.addEventListener('toggle', e => {
    const menu = e.target;
    if (!(menu instanceof HTMLDetailsElement) || !('menu' in menu.dataset)) return;
    const panel = menu.querySelector('.menu-panel');
    if (menu.open) { shut(menu); place(menu); }
    else if (panel && panel.hasAttribute('popover')) { panel.hidePopover(); panel.removeAttribute('popover'); panel.removeAttribute('style'); }
  }, true);
  document.addEventListener('click', e => { if (!(e.target instanceof Element) || !e.target.closest('details[data-menu]')) shut(); });
  addEventListener('scroll', () => document.querySelectorAll('.tw details[data-menu][open]').forEach(m => { m.open = false; }), true);
  document.addEventListener('keydown', e => {
    const menu = e.target instanceof Element && e.target.closest('details[data-menu][open]');
    if (e.key === 'Escape' && menu) { menu.open = false; menu.querySelector('summary').focus(); }
    if (menu && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      const items = [...menu.querySelectorAll('.menu-panel a, .menu-panel button')];
      const next = items[items.indexOf(document.activeElement) + (e.key === 'ArrowDown' ? 1 : -1)] || items[e.key === 'ArrowDown' ? 0 : items.length - 1];
      if (next) { e.preventDefault(); next.focus(); }
    }
    const typing = e.target instanceof Element && e.target.closest('input, textarea, select, [contenteditable]');
    if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
      const search = document.getElementById('global-search') || document.getElementById('list-q');
      if (!search) return;
      e.preventDefault();
      const box = search.closest('[popover]');
      if (box && getComputedStyle(box).display === 'none') box.showPopover();
      search.focus();
      search.select();
    }
  });

  // Theme: the server reads the cookie on the next page.
  on('click', '[data-theme-switch]', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    document.cookie = 'gh_theme=' + root.dataset.theme + '; Path=/; Max-Age=31536000; SameSite=Lax' + (location.protocol === 'https:' ? '; Secure' : '');
  });

  // Sending twice: the button sleeps until the answer is there.
  const wake = root => root.querySelectorAll('[aria-busy="true"][type="submit"]').forEach(b => { b.disabled = false; b.removeAttribute('aria-busy'); });
  document.addEventListener('submit', e => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== 'post' || form.target || 'again' in form.dataset) return;
    setTimeout(() => {
      const button = e.submitter || form.querySelector('[type="submit"]');
      if (button) { button.disabled = true; button.setAttribute('aria-busy', 'true'); }
    });
  });
  addEventListener('pageshow', () => wake(document));
  document.addEventListener('htmx:afterRequest', () => wake(document));

  // Typing a name to confirm: the button sleeps until it is the right one.
  const match = input => {
    const fits = input.value.trim().toLowerCase() === input.dataset.match.trim().toLowerCase();
    const button = input.form && input.form.querySelector('[type="submit"]');
    if (button) button.disabled = !fits;
  };
  document.addEventListener('input', e => { if (e.target instanceof Element && e.target.matches('[data-match]')) match(e.target); });

  // Copying.
  on('click', '[data-copy-now]', async button => {
    const input = button.parentElement.querySelector('input');
    input.select();
    try { await navigator.clipboard.writeText(input.value); } catch { document.execCommand('copy'); }
    button.textContent = word('Copied');
    setTimeout(() => { button.textContent = word('Copy'); }, 2000);
  });
  on('click', '[data-copy-text]', async button => {
    try { await navigator.clipboard.writeText(button.dataset.copyText); } catch {
      const area = document.createElement('textarea');
      area.value = button.dataset.copyText;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    button.classList.add('done');
    const name = button.getAttribute('aria-label');
    button.setAttribute('aria-label', word('Copied'));
    setTimeout(() => { button.classList.remove('done'); button.setAttribute('aria-label', name); }, 2000);
  });
  on('click', '[data-reveal-now]', button => {
    const input = button.parentElement.querySelector('input'), show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    button.textContent = word(show ? 'Hide' : 'Show');
    button.setAttribute('aria-pressed', String(show));
  });
  const button = (box, mark, text) => {
    if (box.querySelector('button')) return;
    const b = document.createElement('button');
    b.type = 'button'; b.className = 'btn'; b.setAttribute(mark, ''); b.textContent = text;
    const input = box.querySelector('input');
    const name = input && input.labels && input.labels[0] ? input.labels[0].textContent.replace('*', '').trim() : '';
    if (name) b.title = text + ': ' + name;
    box.append(b);
  };
  const enhance = root => {
    root.querySelectorAll('[data-copy]').forEach(box => button(box, 'data-copy-now', word('Copy')));
    root.querySelectorAll('[data-reveal]').forEach(box => button(box, 'data-reveal-now', word('Show')));
    root.querySelectorAll('[data-match]').forEach(match);
    const focus = root.querySelector('[data-focus]');
    if (focus) focus.focus();
    const dialog = root.querySelector('dialog[data-open-now]');
    if (dialog && !dialog.open) dialog.showModal();
  };
  document.addEventListener('htmx:load', e => enhance(e.target.parentElement || document));
  enhance(document);
})();
