// Cards of a board can be dragged from column to column. Dropping one sends the
// form inside it with the column's key: what its select and button do as well.
(() => {
  'use strict';
  document.querySelectorAll('[data-board]').forEach(board => {
    let held = null;
    const column = e => e.target instanceof Element && e.target.closest('[data-col]');
    const over = to => board.querySelectorAll('[data-col]').forEach(c => c.classList.toggle('over', c === to));
    board.querySelectorAll('.board-card').forEach(card => { if (card.querySelector('form select')) card.draggable = true; });
    board.addEventListener('dragstart', e => {
      held = e.target instanceof Element && e.target.closest('.board-card');
      if (!held) return;
      held.classList.add('held');
      e.dataTransfer.effectAllowed = 'move';
      e.dataTransfer.setData('text/plain', '');
    });
    board.addEventListener('dragover', e => {
      const to = column(e);
      if (!held || !to) return;
      e.preventDefault();
      over(to);
    });
    board.addEventListener('dragend', () => { if (held) held.classList.remove('held'); held = null; over(null); });
    board.addEventListener('drop', e => {
      const to = column(e);
      if (!held || !to) return;
      e.preventDefault();
      const form = held.querySelector('form'), select = form.querySelector('select');
      if (to === held.closest('[data-col]')) return;
      select.value = to.dataset.col;
      if (select.value === to.dataset.col) form.requestSubmit();
    });
  });
})();
