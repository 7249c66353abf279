// Maps without a tile server: country borders out of the appliance, points from
// it. The server clusters, so there are never more marks than one can tell apart.
(() => {
  'use strict';
  const L = window.L;
  const dark = () => { const t = document.documentElement.dataset.theme; return t ? t === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches; };
  const land = () => dark() ? { color: '#3a4756', weight: 1, fillColor: '#1e2630', fillOpacity: 1 } : { color: '#b9c4cf', weight: 1, fillColor: '#f7f9fa', fillOpacity: 1 };
  let world;
  const countries = url => world || (world = fetch(url).then(r => r.json()).then(window.gatehouseTopo));

  const start = box => {
    if (box.dataset.ready) return;
    box.dataset.ready = '1';
    const d = box.dataset, status = box.parentElement.querySelector('.map-status');
    const map = L.map(box, { zoomControl: false, attributionControl: false, scrollWheelZoom: false, minZoom: 2, maxZoom: 14, worldCopyJump: true, zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches, maxBounds: [[-85, -540], [85, 540]] });
    // The wheel scrolls the page until somebody means the map.
    map.on('focus', () => map.scrollWheelZoom.enable()).on('blur', () => map.scrollWheelZoom.disable());
    L.control.zoom({ zoomInTitle: d.tIn, zoomOutTitle: d.tOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.setView([+d.lat || 25, +d.lon || 5], +d.zoom || 2);
    const marks = L.layerGroup().addTo(map), names = L.layerGroup().addTo(map);
    draw(map, box, names);
    let asked = +d.zoom > 0, turn = 0;
    const load = async () => {
      const mine = ++turn, b = map.getBounds(), url = new URL(d.map, location.href);
      if (asked) {
        url.searchParams.set('bbox', [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()].map(x => x.toFixed(4)).join(','));
        url.searchParams.set('zoom', map.getZoom());
      }
      try {
        const r = await fetch(url, { headers: { Accept: 'application/json' } });
        if (!r.ok) throw new Error(r.status);
        const data = await r.json();
        if (mine !== turn) return;
        if (!asked) {
          asked = true;
          const s = data.bounds;
          if (s && s.length === 4) map.fitBounds([[s[0], s[1]], [s[2], s[3]]], { padding: [40, 40], maxZoom: 9, animate: false });
        }
        show(map, marks, data.points || [], d);
        status.textContent = d.tShown.replace('%s', (data.points || []).reduce((n, p) => n + (p.n || 1), 0));
      } catch { status.textContent = d.tFailed; status.classList.remove('vh'); return; }
      status.classList.add('vh');
    };
    let wait;
    map.on('moveend', () => { clearTimeout(wait); wait = setTimeout(load, 180); });
    load();
    if (+d.poll) setInterval(() => { if (!document.hidden && box.isConnected) load(); }, d.poll * 1000);
  };

  const show = (map, marks, points, d) => {
    const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.key : '';
    marks.clearLayers();
    for (const p of points) {
      const many = p.n > 1, size = many ? Math.min(52, 30 + Math.log2(p.n) * 3) : 20;
      const pin = document.createElement('span');
      pin.className = 'pin ' + (many ? 'cluster' : 'single ' + (/^(ok|warn|crit|info|idle)$/.test(p.kind) ? p.kind : ''));
      if (many) pin.textContent = p.n > 999 ? Math.round(p.n / 1000) + 'k' : p.n;
      const label = many ? d.tCluster.replace('%s', p.n) : [p.label, p.note].filter(Boolean).join(', ');
      const m = L.marker([p.lat, p.lon], { icon: L.divIcon({ html: pin, className: '', iconSize: [size, size] }), title: label, alt: label, keyboard: true, riseOnHover: true });
      m.on('add', () => { const e = m.getElement(); e.setAttribute('role', 'button'); e.setAttribute('aria-label', label); e.dataset.key = p.lat + ' ' + p.lon; e.addEventListener('keydown', k => { if (k.key === ' ') { k.preventDefault(); e.click(); } }); });
      if (many) m.on('click keypress', e => { if (e.type === 'click' || e.originalEvent.key === 'Enter') map.setView([p.lat, p.lon], Math.min(map.getZoom() + 2, map.getMaxZoom())); });
      else m.bindPopup(() => popup(p), { offset: [0, -6] });
      m.addTo(marks);
    }
    if (held) { const again = [...map.getPane('markerPane').children].find(e => e.dataset.key === held); if (again) again.focus(); }
  };

  const popup = p => {
    const box = document.createElement('div'), name = document.createElement(p.href ? 'a' : 'strong');
    name.textContent = p.label || '';
    if (p.href && /^\/(?!\/)/.test(p.href)) name.href = p.href;
    box.append(name);
    if (p.note) { const n = document.createElement('div'); n.textContent = p.note; box.append(n); }
    return box;
  };

  const draw = async (map, box, names) => {
    let list;
    try { list = await countries(box.dataset.world); } catch { return; }
    const canvas = L.canvas({ padding: .6 }), shapes = [], labels = [];
    for (const c of list) {
      shapes.push(L.polygon(c.polygons, { renderer: canvas, interactive: false, smoothFactor: 1, ...land() }).addTo(map));
      const big = c.polygons.map(p => L.latLngBounds(p[0])).sort((a, b) => area(b) - area(a))[0];
      if (big && c.name) labels.push({ name: c.name, bounds: big });
    }
    const name = () => {
      names.clearLayers();
      const view = map.getBounds(), z = map.getZoom();
      for (const l of labels) {
        const wide = (map.project(l.bounds.getNorthEast(), z).x - map.project(l.bounds.getSouthWest(), z).x);
        const at = l.bounds.getCenter();
        if (wide < l.name.length * 8 || wide > 1600 || !view.contains(at)) continue;
        L.marker(at, { interactive: false, keyboard: false, zIndexOffset: -1000, icon: L.divIcon({ className: 'place', html: document.createTextNode(l.name).textContent.replace(/[&<>]/g, ''), iconSize: [160, 16] }) }).addTo(names);
      }
    };
    map.on('zoomend moveend', name);
    name();
    const repaint = () => shapes.forEach(s => s.setStyle(land()));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  };
  const area = b => (b.getNorth() - b.getSouth()) * (b.getEast() - b.getWest());

  const all = () => document.querySelectorAll('[data-map]').forEach(start);
  document.addEventListener('htmx:load', all);
  all();
})();
