// Taking the files: the table of them, each to be copied, all in one archive made here,
// the command that writes the same, and a link with the values.
import { h, replace } from '../assessment/dom'
import { Messages } from '../engine/messages'
import { File } from '../engine/path/make'
import { zip } from '../engine/path/zip'

export class Take {
  private files: File[] = []
  private folder = ''
  private readonly table = document.querySelector('#files-table tbody')
  private readonly command = document.getElementById('files-command')
  private readonly download: HTMLElement

  // Sections are the ids of the steps that the blocks stand under.
  constructor(private readonly words: Messages, private readonly sections: string[], link: () => string) {
    this.download = h('button', { class: 'button', type: 'button' })
    this.download.addEventListener('click', () => this.save())
    const copyLink = this.copier(words.say('path.copy-link'), () => location.href.split('#')[0]! + link(), 'button quiet')
    const print = h('button', { class: 'button quiet', type: 'button' }, words.say('path.print'))
    print.addEventListener('click', () => window.print())
    this.table?.closest('.scroll')?.after(h('div', { class: 'row' }, this.download, navigator.clipboard && copyLink, print))
  }

  // Shows the files, each with the step that it begins in.
  show(files: File[], folder: string, command: string): void {
    this.files = files
    this.folder = folder
    replace(this.download, this.words.say('path.download', { folder }))
    this.download.removeAttribute('aria-disabled')
    if (this.command) this.command.textContent = command
    this.table?.replaceChildren(...files.map((file) => h('tr', {},
      h('th', { scope: 'row' }, h('code', {}, file.name)),
      h('td', {}, this.stepOf(file)),
      h('td', { class: 'num' }, String(new TextEncoder().encode(file.text).length), navigator.clipboard && this.copier(this.words.say('path.copy'), () => file.text)),
    )))
  }

  private stepOf(file: File): Node {
    const heading = document.getElementById(this.sections[file.blocks[0]!] ?? '')
    return heading ? h('a', { href: '#' + heading.id }, heading.textContent?.trim()) : document.createTextNode(this.words.say('path.whole'))
  }

  // While a value is refused there is nothing to take.
  refuse(): void {
    this.files = []
    this.download.setAttribute('aria-disabled', 'true')
    replace(this.download, this.words.say('path.first'))
  }

  private save(): void {
    if (this.files.length === 0) return
    const encoder = new TextEncoder()
    const bytes = zip(this.folder, this.files, (text) => encoder.encode(text))
    const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'application/zip' }))
    const link = h('a', { href: address, download: this.folder + '.zip' })
    link.click()
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }

  private copier(label: string, text: () => string, style = 'button quiet tiny'): HTMLElement {
    const button = h('button', { class: style, type: 'button' }, label)
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(text()).then(
        () => replace(button, this.words.say('path.copied')),
        () => replace(button, this.words.say('path.not-copied')),
      )
    })
    return button
  }
}
