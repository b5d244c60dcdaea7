// The fragment of an address: an optional anchor, then ~kind=payload parts, in which
// answers, values and views travel; no browser sends it to a host. This is the only
// module that reads or writes one. Ids never hold a ~. Parts that nobody here knows are
// kept as they are, for they are somebody's.

// A longer fragment is not looked at.
const most = 8000

// The anchor and the parts, as they stand. Programs that pass links on may have
// written ~ as %7E.
const cut = (hash: string): string[] => hash.length > most ? [''] : hash.replace(/^#/, '').replace(/%7e/gi, '~').split('~')

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// % and ~ in a payload are escaped twice, so that a program that mends one escape
// cannot turn a letter into a part's beginning.
const escaped = (payload: string): string => encodeURIComponent(payload.replace(/[%~]/g, (c) => c === '%' ? '%25' : '%7E'))
const unescaped = (text: string): string => decoded(text).replace(/%(25|7E)/g, (_, code) => code === '25' ? '%' : '~')

// Whether there is more than is looked at.
export const isTooLong = (hash: string): boolean => hash.length > most

// The id that the fragment names, or nothing.
export const anchorOf = (hash: string): string => decoded(cut(hash)[0]!)

// The payload of the first part of a kind.
export function partOf(hash: string, kind: string): string | undefined {
  const part = cut(hash).slice(1).find((part) => part.startsWith(kind + '='))
  return part && unescaped(part.slice(kind.length + 1))
}

// The fragment with another anchor.
export const withAnchor = (hash: string, anchor: string): string => join([encodeURIComponent(anchor), ...cut(hash).slice(1)])

// The fragment with another part of a kind, or without one.
export function withPart(hash: string, kind: string, payload?: string): string {
  const [anchor, ...parts] = cut(hash), at = parts.findIndex((part) => part.startsWith(kind + '='))
  const left = parts.filter((part) => !part.startsWith(kind + '='))
  if (payload !== undefined) left.splice(at < 0 ? left.length : at, 0, kind + '=' + escaped(payload))
  return join([anchor!, ...left])
}

const join = (parts: string[]): string => {
  const text = parts.join('~')
  return text && '#' + text
}

// Puts a fragment into the address, without an entry in the history.
export function replaceFragment(hash: string): void {
  history.replaceState(history.state, '', hash || location.pathname + location.search)
}
