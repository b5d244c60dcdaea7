// How a value is written for a format: as one complete scalar, quotes included. The same
// as generator/goldenpath/filter.go, byte for byte.
const hex = (n: number, digits: number): string => n.toString(16).toUpperCase().padStart(digits, '0')

// Whether a character is invisible, a control, or reorders the text around it.
export const unseen = (c: number): boolean =>
  c < 0x20 || c >= 0x7f && c <= 0x9f || c === 0xad || c === 0x61c || c === 0x180e ||
  c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2060 && c <= 0x206f ||
  c === 0xfeff || c >= 0xfff9 && c <= 0xfffb || c === 0xfffe || c === 0xffff

const short: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function quoted(value: string, hcl: boolean): string {
  const letters = [...value]
  return '"' + letters.map((letter, i) => {
    const code = letter.codePointAt(0)!
    // In HCL the brace after it would begin a template.
    const opens = hcl && (letter === '$' || letter === '%') && letters[i + 1] === '{'
    return short[letter] ?? (unseen(code) || opens ? '\\u' + hex(code, 4) : letter)
  }).join('') + '"'
}

export function filter(name: string, value: string): string {
  switch (name) {
    case 'yaml':
    case 'json':
    case 'toml': return quoted(value, false)
    case 'hcl': return quoted(value, true)
    case 'shell': return "'" + value.replace(/'/g, "'\\''") + "'"
    case 'url': return encodeURIComponent(value).replace(/[!'()*]/g, (c) => '%' + hex(c.charCodeAt(0), 2))
  }
  return value
}
