// The contents of a page follow the reading: the entry of the part that is being read is
// marked, and when the contents have gone out of sight they stand in the side, below the
// list of pages, where there is room for them. There is one list, which moves, so that
// nothing is said twice. Without this script they stay where they are.
const contents = document.querySelector<HTMLElement>('.toc')
if (contents) follow(contents)

function follow(contents: HTMLElement): void {
  const links = [...contents.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
  const parts = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  const mark = () => {
    let read = -1
    parts.forEach((part, i) => {
      if (part && part.getBoundingClientRect().top < window.innerHeight * 0.3) read = i
    })
    links.forEach((link, i) => {
      if (i === read) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    })
  }
  // A part crosses the line at three tenths of the window. What is above counts as far as
  // any page goes, or a leap over several parts would cross nothing.
  const crossed = new IntersectionObserver(mark, { rootMargin: '10000000px 0px -70% 0px' })
  for (const part of parts) if (part) crossed.observe(part)

  // A page that stands in no section has an empty side.
  const pages = document.querySelector('nav.side')
  const side = pages ?? document.createElement('div')
  if (!pages) side.className = 'side top'
  // What keeps the place of the list while it is in the side, so that nothing moves: a copy
  // that is neither seen nor read out.
  const ghost = contents.cloneNode(true) as HTMLElement
  ghost.classList.add('ghost')
  for (const element of ghost.querySelectorAll('[id]')) element.removeAttribute('id')
  const wide = window.matchMedia('(width >= 72em)')
  let place = contents, passed = false
  const move = () => {
    const away = passed && wide.matches
    if (away === (place === ghost) || contents.contains(document.activeElement)) return
    if (away) {
      contents.replaceWith(ghost)
      side.append(contents)
      if (!pages) ghost.closest('.frame')?.append(side)
    } else {
      if (!pages) side.remove()
      ghost.replaceWith(contents)
    }
    place = away ? ghost : contents
  }
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.target !== place) continue
      passed = !entry.isIntersecting && entry.boundingClientRect.bottom < 0
      move()
    }
  })
  seen.observe(contents)
  seen.observe(ghost)
  wide.addEventListener('change', move)
  contents.addEventListener('focusout', () => window.setTimeout(move))
}
