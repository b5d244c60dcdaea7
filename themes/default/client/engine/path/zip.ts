// An archive of files, stored as they are: PKWARE's APPNOTE.TXT, 4.3. The same files give
// the same bytes, so every file is of the first moment that the format knows.
interface File { name: string; text: string }

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; i++) n = n & 1 ? n >>> 1 ^ 0xedb88320 : n >>> 1
  return n
})

const crc32 = (bytes: Uint8Array): number => {
  let crc = ~0
  for (const byte of bytes) crc = table[(crc ^ byte) & 255]! ^ crc >>> 8
  return ~crc >>> 0
}

const utf8Names = 0x800, version = 20, unix = 3, firstDay = 0x21

// Little-endian numbers of two and four bytes: [size, number].
function numbers(...list: [size: number, number: number][]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0)), view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, number] of list) {
    if (size === 2) view.setUint16(at, number, true)
    else view.setUint32(at, number, true)
    at += size
  }
  return bytes
}

// Files lie in one folder, so that unpacking leaves one thing.
export function zip(folder: string, files: File[], encode: (text: string) => Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [], entries: Uint8Array[] = []
  let offset = 0, entriesSize = 0
  for (const file of files) {
    const name = encode(folder + '/' + file.name), data = encode(file.text), size = data.length
    const facts: [number, number][] = [[2, utf8Names], [2, 0], [2, 0], [2, firstDay], [4, crc32(data)], [4, size], [4, size], [2, name.length], [2, 0]]
    const mode = file.text.startsWith('#!') ? 0o100755 : 0o100644
    const head = numbers([4, 0x04034b50], [2, version], ...facts)
    const entry = numbers([4, 0x02014b50], [2, unix << 8 | version], [2, version], ...facts, [2, 0], [2, 0], [2, 0], [4, mode * 0x10000], [4, offset])
    parts.push(head, name, data)
    entries.push(entry, name)
    offset += head.length + name.length + size
    entriesSize += entry.length + name.length
  }
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, entriesSize], [4, offset], [2, 0])
  const all = [...parts, ...entries, end], bytes = new Uint8Array(offset + entriesSize + end.length)
  let at = 0
  for (const part of all) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
