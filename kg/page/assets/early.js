// Before anything is drawn: who has what our script needs sees the page as it will be, and not the document before it.
if (typeof DecompressionStream !== 'undefined') document.documentElement.classList.add('live', 'starting');
