// Signing with a finger, a pen or the mouse, and taking photos: both end up in
// plain fields of the form. Without this script the form asks for a picture.
(() => {
  'use strict';
  const pads = new WeakSet();

  // A signature: what is drawn is kept as a picture in a hidden field.
  const pad = box => {
    if (pads.has(box)) return;
    pads.add(box);
    const field = box.querySelector('input[type=hidden]'), canvas = box.querySelector('canvas'), clear = box.querySelector('[data-sign-clear]');
    const paper = canvas.getContext('2d');
    let pen = null, drawn = false;
    const size = () => {
      const w = canvas.clientWidth, h = canvas.clientHeight, scale = Math.min(2, devicePixelRatio || 1);
      if (!w || canvas.width === Math.round(w * scale)) return;
      canvas.width = Math.round(w * scale);
      canvas.height = Math.round(h * scale);
      paper.scale(scale, scale);
      paper.lineWidth = 2.6;
      paper.lineCap = paper.lineJoin = 'round';
      paper.strokeStyle = paper.fillStyle = '#14213d';
      if (field.value) {
        const was = new Image();
        was.onload = () => paper.drawImage(was, 0, 0, w, h);
        was.src = field.value;
      }
    };
    const at = e => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    canvas.addEventListener('pointerdown', e => {
      if (pen !== null || e.button > 0) return;
      size();
      pen = e.pointerId;
      canvas.setPointerCapture(pen);
      const [x, y] = at(e);
      paper.beginPath();
      paper.moveTo(x, y);
      paper.lineTo(x + 0.1, y);
      paper.stroke();
      drawn = true;
      e.preventDefault();
    });
    canvas.addEventListener('pointermove', e => {
      if (e.pointerId !== pen) return;
      const all = e.getCoalescedEvents ? e.getCoalescedEvents() : [];
      (all.length ? all : [e]).forEach(p => paper.lineTo(...at(p)));
      paper.stroke();
      e.preventDefault();
    });
    const up = e => {
      if (e.pointerId !== pen) return;
      pen = null;
      if (drawn) field.value = canvas.toDataURL('image/png');
    };
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    clear.addEventListener('click', () => {
      paper.clearRect(0, 0, canvas.width, canvas.height);
      field.value = '';
      drawn = false;
    });
    box.classList.add('drawn');
    new ResizeObserver(size).observe(canvas);
    size();
  };

  // Photos: made smaller before they are sent, shown, and taken out again.
  const longest = 2000;
  const smaller = async file => {
    try {
      const img = await createImageBitmap(file, { imageOrientation: 'from-image' });
      const k = Math.min(1, longest / Math.max(img.width, img.height));
      if (k === 1 && file.size < 700e3) return file;
      const c = document.createElement('canvas');
      c.width = Math.round(img.width * k);
      c.height = Math.round(img.height * k);
      c.getContext('2d').drawImage(img, 0, 0, c.width, c.height);
      const blob = await new Promise(done => c.toBlob(done, 'image/jpeg', 0.82));
      return blob ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file;
    } catch { return file; } // the server says what is wrong with it
  };
  const held = new WeakMap();
  const show = async (input, box) => {
    const files = held.get(input) || [], all = new DataTransfer();
    files.forEach(f => all.items.add(f));
    input.files = all.files;
    const list = box.querySelector('[data-photo-list]');
    list.replaceChildren(...await Promise.all(files.map(async (f, i) => {
      const item = document.createElement('li'), out = document.createElement('button'), c = document.createElement('canvas');
      try {
        const img = await createImageBitmap(f, { imageOrientation: 'from-image' }), k = 160 / Math.max(img.width, img.height);
        c.width = Math.max(1, img.width * k);
        c.height = Math.max(1, img.height * k);
        c.getContext('2d').drawImage(img, 0, 0, c.width, c.height);
        item.append(c);
      } catch { item.append(f.name); }
      out.type = 'button';
      out.className = 'btn';
      out.textContent = box.dataset.tRemove;
      out.setAttribute('aria-label', box.dataset.tRemove + ' ' + (i + 1));
      out.addEventListener('click', () => { held.set(input, files.filter(x => x !== f)); show(input, box); });
      item.append(out);
      return item;
    })));
  };
  document.addEventListener('change', async e => {
    const input = e.target, box = input instanceof Element && input.closest('[data-photos]');
    if (!box || input.type !== 'file') return;
    const most = Number(box.dataset.photos), fresh = await Promise.all([...input.files].map(smaller));
    held.set(input, [...(held.get(input) || []), ...fresh].slice(0, most));
    show(input, box);
  });

  // Where somebody is, if they say so.
  document.addEventListener('click', e => {
    const button = e.target instanceof Element && e.target.closest('[data-locate]');
    if (!button) return;
    const form = button.closest('form'), out = form.querySelector('[data-locate-says]');
    out.textContent = button.dataset.tWait;
    navigator.geolocation.getCurrentPosition(p => {
      form.elements.lat.value = p.coords.latitude.toFixed(6);
      form.elements.lon.value = p.coords.longitude.toFixed(6);
      form.elements.accuracy.value = Math.round(p.coords.accuracy);
      out.textContent = button.dataset.tDone.replace('%s', Math.round(p.coords.accuracy));
    }, () => { out.textContent = button.dataset.tFailed; }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });

  const enhance = () => {
    document.querySelectorAll('[data-sign]').forEach(pad);
    if (!navigator.geolocation || !isSecureContext) document.querySelectorAll('[data-locate]').forEach(b => { b.hidden = true; });
  };
  document.addEventListener('htmx:load', enhance);
  enhance();
})();
