// A page whose form becomes live shows other parts than one without script. The mark
// is set before the first paint, so that nothing moves afterwards; if the page's own
// script did not come, it is taken back, and the page is whole as without script. An
// address deep in the page may name another view: until that is known, none is seen.
export function expectLive(): void {
  document.documentElement.classList.add('live')
  if (location.hash) document.documentElement.classList.add('deep')
}

export function confirmLive(): void {
  if (document.querySelector('.if-live') && !document.body.dataset.view) document.documentElement.classList.remove('live')
}
